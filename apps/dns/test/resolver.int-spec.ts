import { dsRdata, generateZoneKey, Name } from '@lxdm/nameserver';
import { ZONE } from './fleet';
import { Relay } from './relay';
import { Resolver, ResolverParts } from './resolver';
import { SignedBench } from './signed-bench';

const DAY = 86_400_000;
/** The name of the zone as it stands before each signature: the signer's (RFC 4034 §3.1.7). */
const SIGNER = Name.parse(ZONE).wire;

let bench: SignedBench;
beforeAll(async () => {
  bench = await SignedBench.create();
}, 30_000);
afterAll(() => bench.close());

/** Does something with a resolver that trusts the zone's key, unless told otherwise. */
async function resolving<Result>(
  work: (resolver: Resolver) => Promise<Result>,
  parts: Partial<ResolverParts> = {},
): Promise<Result> {
  const resolver = await Resolver.start({ server: bench.port, anchor: await bench.ds(), ...parts });
  try {
    return await work(resolver);
  } finally {
    await resolver.close();
  }
}

const QUESTIONS: readonly [string, string, string, string][] = [
  ['an address', 'web', 'A', 'NOERROR'],
  ['the top', '', 'SOA', 'NOERROR'],
  ['the keys', '', 'DNSKEY', 'NOERROR'],
  ['what the parent is asked for', '', 'CDS', 'NOERROR'],
  ['a wildcard', 'any.wild', 'TXT', 'NOERROR'],
  ['a wildcard for two labels', 'two.any.wild', 'TXT', 'NOERROR'],
  ['the wildcard itself', '*.wild', 'TXT', 'NOERROR'],
  ['a CNAME and what it leads to', 'alias', 'AAAA', 'NOERROR'],
  ['a delegation that is signed', 'safe', 'DS', 'NOERROR'],
  ['a delegation that is not', 'bare', 'DS', 'NOERROR'],
  ['a type that is not there', 'web', 'MX', 'NOERROR'],
  ['a type that a wildcard does not have', 'any.wild', 'A', 'NOERROR'],
  ['an empty non-terminal', 'wild', 'A', 'NOERROR'],
  ['a name that is not there', 'nobody', 'A', 'NXDOMAIN'],
  ['a name before all others', '-', 'A', 'NXDOMAIN'],
  ['a name after all others', 'zz', 'A', 'NXDOMAIN'],
  ['a name below a container', 'x.y.web', 'A', 'NXDOMAIN'],
];

const absolute = (name: string) => (name === '' ? ZONE : `${name}.${ZONE}`);

it('unbound vouches for every kind of answer, and for every denial', async () => {
  await resolving(async (resolver) => {
    for (const [what, name, type, rcode] of QUESTIONS) {
      const { answer: _answer, ...said } = await resolver.ask(absolute(name), type);
      expect({ what, ...said }).toEqual({ what, rcode, authentic: true });
    }
  });
});

it('what is there stays so for a resolver that concludes from proofs what is not (RFC 8198)', async () => {
  await resolving(async (resolver) => {
    const names = Array.from({ length: 30 }, (_, index) => `${String.fromCharCode(97 + (index % 26))}${index}`);
    for (const name of names)
      expect(await resolver.ask(absolute(name), 'A')).toMatchObject({ rcode: 'NXDOMAIN', authentic: true });
    for (const [what, name, type, rcode] of QUESTIONS) {
      const { answer: _answer, ...said } = await resolver.ask(absolute(name), type);
      expect({ what, ...said }).toEqual({ what, rcode, authentic: true });
    }
  });
});

it('vouches by every DS that a step of a rollover may meet', async () => {
  const vouches = (anchor: string) =>
    resolving(
      async (resolver) => {
        for (const [name, rcode] of [
          ['web', 'NOERROR'],
          ['nobody', 'NXDOMAIN'],
        ] as const)
          expect(await resolver.ask(absolute(name), 'A')).toMatchObject({ rcode, authentic: true });
      },
      { anchor },
    );
  const old = await bench.ds();
  const id = await bench.addKey(false);
  const fresh = await bench.ds(id);
  await bench.served();
  for (const anchor of [old, fresh]) await vouches(anchor);
  await bench.activate(id);
  await bench.served();
  for (const anchor of [old, fresh]) await vouches(anchor);
  const [first] = await bench.keys.list(ZONE);
  await bench.remove(first?.id ?? '');
  await bench.served();
  await vouches(fresh);
});

describe('answers that are not as they were signed', () => {
  const address = Buffer.from([192, 0, 2, 7]);
  const otherAddress = (answer: Buffer): Buffer => {
    const changed = Buffer.from(answer);
    const at = changed.indexOf(address);
    if (at > 0) changed[at + 3] = 8;
    return changed;
  };
  const otherSignatures = (answer: Buffer): Buffer => {
    const changed = Buffer.from(answer);
    const question = answer.indexOf(SIGNER, 12) + SIGNER.length;
    for (let at = changed.indexOf(SIGNER, question); at > 0; at = changed.indexOf(SIGNER, at + 1))
      changed.writeUInt8(changed.readUInt8(at + SIGNER.length + 20) ^ 1, at + SIGNER.length + 20);
    return changed;
  };

  it.each([
    ['as they are: the relay is not in the way', (answer: Buffer) => answer, 'web', 'NOERROR', '192.0.2.7'],
    ['another address', otherAddress, 'web', 'SERVFAIL', '192.0.2.8'],
    ['other signatures', otherSignatures, 'web', 'SERVFAIL', '192.0.2.7'],
    ['other signatures of a denial', otherSignatures, 'nobody', 'SERVFAIL', undefined],
  ])('%s', async (_what, changed, name, rcode, seen) => {
    const relay = await Relay.start(bench.port, changed);
    try {
      await resolving(
        async (resolver) => {
          expect((await resolver.ask(absolute(name), 'A')).rcode).toBe(rcode);
          // Who does not want validation sees what was sent.
          const { answer } = await resolver.ask(absolute(name), 'A', '+cdflag');
          expect(answer[0]?.split(' ').at(-1)).toBe(seen);
        },
        { server: relay.port },
      );
    } finally {
      relay.close();
    }
  });

  it.each([
    ['after their end', 30],
    ['before their beginning', -30],
  ])('%s', async (_what, days) => {
    const date = new Date(Date.now() + days * DAY);
    await resolving(
      async (resolver) => {
        for (const name of ['web', 'nobody'])
          expect(await resolver.ask(absolute(name), 'A')).toMatchObject({ rcode: 'SERVFAIL', authentic: false });
      },
      { date },
    );
  });

  it('by a key that the parent does not know', async () => {
    const rdata = dsRdata(Name.parse(ZONE), generateZoneKey().dnskey);
    const anchor = `${rdata.readUInt16BE(0)} 13 2 ${rdata.subarray(4).toString('hex')}`;
    await resolving(
      async (resolver) =>
        expect(await resolver.ask(absolute('web'), 'A')).toMatchObject({ rcode: 'SERVFAIL', authentic: false }),
      { anchor },
    );
  });
});
