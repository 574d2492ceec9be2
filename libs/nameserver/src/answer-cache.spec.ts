import * as fc from 'fast-check';
import { query } from '../test/ask';
import { zoneData } from '../test/sample-zone';
import { AnswerCache } from './answer-cache';
import { RateLimiter } from './client/rate-limiter';
import { Responder } from './responder';
import { buildZone } from './zone-builder';
import { ZoneSet } from './zone-set';

const zonesWith = (address: string) =>
  ZoneSet.of([
    buildZone(
      zoneData([
        { name: 'www', ttl: 60, type: 'A', records: [address, '192.0.2.9'] },
        { name: '*.w', ttl: 60, type: 'CNAME', records: ['www'] },
        { name: 'out', ttl: 60, type: 'CNAME', records: ['www.example.com.'] },
        { name: 'big', ttl: 60, type: 'TXT', records: ['x'.repeat(400), 'y'.repeat(400)] },
        { name: 'many', ttl: 60, type: 'A', records: Array.from({ length: 9 }, (_, i) => `192.0.2.${i}`) },
        // Differ in the bit in which letters differ by case, and are no letters.
        { name: 'q[', ttl: 60, type: 'A', records: ['192.0.2.3'] },
        { name: 'q{', ttl: 60, type: 'A', records: ['192.0.2.4'] },
        { name: 'sub', ttl: 60, type: 'NS', records: ['ns.sub'] },
        { name: 'ns.sub', ttl: 60, type: 'A', records: ['192.0.2.2'] },
      ]),
    ),
  ]);

const questions = fc
  .record({
    label: fc.constantFrom(
      'www',
      'WwW',
      'a.w',
      'A.W',
      'out',
      'big',
      'many',
      'x.sub',
      'nope',
      '',
      'ns',
      'q[',
      'q{',
      'Q[',
    ),
    type: fc.constantFrom('A', 'AAAA', 'TXT', 'ANY', 'NS', 'CNAME', 'AXFR', 'SOA'),
    edns: fc.constantFrom(false as const, 0, 512, 1232, 65_535),
    dnssecOk: fc.boolean(),
    anyClass: fc.boolean(),
  })
  .map(({ label, type, edns, dnssecOk, anyClass }) => {
    const packet = query({ name: [label, 'ct.example.org'].filter(Boolean).join('.'), type: type as 'A', edns });
    if (edns !== false && dnssecOk) packet[packet.length - 4] = 0x80;
    const questionEnd = 12 + (label === '' ? 0 : label.length + 1) + 16 + 4;
    if (anyClass) packet[questionEnd - 1] = 255;
    return packet;
  });
const steps = fc.array(
  fc.oneof(
    { weight: 9, arbitrary: fc.tuple(questions, fc.constantFrom('udp' as const, 'tcp' as const)) },
    { weight: 1, arbitrary: fc.ipV4() },
  ),
  { minLength: 1, maxLength: 60 },
);

const client = '192.0.2.7';

it.each([
  [65_536, 1 << 20],
  [4, 1 << 20],
  [1_024, 1_024],
])(
  'changes no octet of any answer, whatever was asked before and said then, with room for %d, of %d octets',
  (slots, octets) => {
    const cache = new AnswerCache(slots, octets);
    fc.assert(
      fc.property(steps, (sequence) => {
        const limits = { answersPerSecond: 1_000_000 };
        const remembering = new Responder({ cache, limiter: new RateLimiter(limits) });
        const plain = new Responder({ limiter: new RateLimiter(limits) });
        let zones = zonesWith('192.0.2.1');
        for (const step of sequence) {
          if (typeof step === 'string') {
            zones = zonesWith(step);
            continue;
          }
          const [packet, protocol] = step;
          const expected = plain.respond(packet, zones, protocol, client);
          for (let time = 0; time < 3; time++)
            expect(remembering.respond(packet, zones, protocol, client)).toEqual(expected);
        }
      }),
      { numRuns: 200 },
    );
  },
);

it('charges what it remembers to the accounts of what is looked up', () => {
  const zones = zonesWith('192.0.2.1');
  const cache = new AnswerCache();
  fc.assert(
    fc.property(fc.array(questions, { minLength: 20, maxLength: 60 }), (packets) => {
      const parts = { limiter: new RateLimiter({ answersPerSecond: 2 }), now: () => 1_000_000 };
      const remembering = new Responder({ ...parts, cache });
      const plain = new Responder({ ...parts, limiter: new RateLimiter({ answersPerSecond: 2 }) });
      for (const packet of packets)
        expect(remembering.respond(packet, zones, 'udp', client)).toEqual(plain.respond(packet, zones, 'udp', client));
    }),
    { numRuns: 200 },
  );
});
