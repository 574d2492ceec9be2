import { FakeLxd, selfSigned, type FakeLxdOptions, type SelfSigned } from '@lxdm/testing';
import { LxdHost, type LxdHostOptions } from '../src/index';

/** One fake and one trusted client, both gone after the test. */
export interface Rig {
  readonly fake: FakeLxd;
  readonly client: SelfSigned;
  readonly connect: (options?: Partial<LxdHostOptions>) => LxdHost;
  readonly close: () => Promise<void>;
}

/** Short deadlines: what takes seconds in production must not take them in a suite. */
export const quick = { connectMs: 2_000, headersMs: 1_000, idleMs: 800, totalMs: 3_000 };

export async function makeRig(options: FakeLxdOptions = {}): Promise<Rig> {
  const fake = await new FakeLxd(options).listen();
  const client = selfSigned('manager');
  fake.trustClient(client);
  const hosts: LxdHost[] = [];
  return {
    fake,
    client,
    connect: (more = {}) => {
      const identity = { clientCert: client.cert, clientKey: client.key, pin: fake.fingerprint };
      const host = new LxdHost({ url: fake.url, ...identity, timeouts: quick, ...more });
      hosts.push(host);
      return host;
    },
    close: async () => {
      await Promise.all(hosts.map((host) => host.close()));
      await fake.close();
    },
  };
}

/** Whatever is thrown. */
export async function failure(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('it should have failed');
}
