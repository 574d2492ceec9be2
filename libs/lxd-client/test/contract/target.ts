import {
  LxdHost,
  type InstanceFull,
  type InstancesPost,
  type InstanceState,
  type Operation,
  type OperationOutcome,
} from '../../src/index';
import { selfSigned, type SelfSigned } from '@lxdm/testing';

/** A host that the contract is checked against: the fake, or a real LXD of the lab. */
export interface ContractTarget {
  readonly url: string;
  readonly fingerprint: string;
  readonly trustPassword: string;
  readonly image: string;
  /** `lxc config trust add`. */
  readonly issueToken: (name: string) => Promise<string>;
  /** Puts something into a running container that no client can make. */
  readonly plant: (name: string, kind: 'fifo' | 'symlink', path: string, target?: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** How long anything may take on a busy machine. */
export const patienceMs = 60_000;

/** One test's view of the target: a client of its own, and the names that it made. */
export class Bench {
  readonly client: SelfSigned = selfSigned('contract');
  readonly host: LxdHost;
  private readonly names: string[] = [];

  constructor(readonly target: ContractTarget) {
    this.host = this.connect(this.client);
  }

  connect(client: SelfSigned, pin = this.target.fingerprint): LxdHost {
    return new LxdHost({ url: this.target.url, clientCert: client.cert, clientKey: client.key, pin });
  }

  /** A name that nobody else uses and that `clean` removes. */
  name(): string {
    const name = `contract-${Math.random().toString(36).slice(2, 10)}`;
    this.names.push(name);
    return name;
  }

  /** A name from elsewhere that `clean` removes too. */
  adopt(name: string): void {
    this.names.push(name);
  }

  async trust(): Promise<void> {
    await this.host.trustByPassword('contract', this.target.trustPassword);
  }

  async wait(operation: Operation): Promise<OperationOutcome> {
    return this.host.operations.wait(operation, { deadlineMs: patienceMs });
  }

  /** Waits and insists. */
  async done(begun: Promise<Operation>): Promise<void> {
    const result = await this.wait(await begun);
    if (result.outcome === 'failure') throw result.error;
    if (result.outcome !== 'success') throw new Error(`operation ended with ${result.outcome}`);
  }

  request(name: string, more: Partial<InstancesPost> = {}): InstancesPost {
    return { name, type: 'container', source: { type: 'image', alias: this.target.image }, ...more };
  }

  async create(more: Partial<InstancesPost> = {}): Promise<string> {
    const name = this.name();
    await this.done(this.host.instances.create(this.request(name, more)));
    return name;
  }

  async start(name: string): Promise<void> {
    await this.done(this.host.instances.setState(name, { action: 'start' }));
  }

  /** Its init is up as soon as eth1 has its address. */
  async booted(name: string): Promise<InstanceState> {
    return eventually(
      () => this.host.instances.getState(name),
      (seen) =>
        seen.network?.['eth1']?.addresses.some(({ family, scope }) => family === 'inet6' && scope === 'global') ===
        true,
    );
  }

  async row(name: string): Promise<InstanceFull | undefined> {
    return (await this.host.instances.list()).find((row) => row.name === name);
  }

  /** Removes whatever the test left, running or not, and our certificate. */
  async clean(): Promise<void> {
    for (const row of await this.host.instances.list()) {
      if (!this.names.includes(row.name)) continue;
      if (row.status !== 'Stopped')
        await this.done(this.host.instances.setState(row.name, { action: 'stop', force: true }));
      await this.done(this.host.instances.delete(row.name));
    }
    await this.host.certificates.delete(this.client.fingerprint);
    await this.host.close();
  }
}

/** Asks again until the answer is there; an answer that never comes is a failure with the last one in it. */
export async function eventually<T>(
  ask: () => Promise<T>,
  good: (answer: T) => boolean,
  withinMs = patienceMs,
): Promise<T> {
  const end = Date.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (good(answer)) return answer;
    if (Date.now() > end) throw new Error(`still not so after ${withinMs} ms: ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
