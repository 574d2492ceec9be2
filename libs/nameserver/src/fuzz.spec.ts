import { decode } from 'dns-packet';
import * as fc from 'fast-check';
import { query } from '../test/ask';
import { zoneData } from '../test/sample-zone';
import { ServerCookies } from './cookie/server-cookies';
import { Name } from './name';
import { NameError } from './name-error';
import { OptWriter } from './opt';
import { Responder } from './responder';
import { signTsig } from './tsig/tsig';
import { TsigKey, tsigKeys } from './tsig/tsig-key';
import { buildZone } from './zone-builder';
import { ZoneSet } from './zone-set';

/** How many packets; a soak sets more. */
const packets = Number(process.env['LXDM_FUZZ_PACKETS'] ?? 1_000);
// A soak may take its time: some packets take a millisecond to check.
jest.setTimeout(10_000 + packets * 5);

const zones = ZoneSet.of([
  buildZone(
    zoneData([
      { name: 'www', ttl: 60, type: 'A', records: ['192.0.2.1'] },
      { name: '*.w', ttl: 60, type: 'CNAME', records: ['www'] },
      { name: 'big', ttl: 60, type: 'TXT', records: ['x'.repeat(3_000)] },
      { name: 'sub', ttl: 60, type: 'NS', records: ['ns.sub'] },
      { name: 'ns.sub', ttl: 60, type: 'A', records: ['192.0.2.2'] },
    ]),
  ),
]);
const key = new TsigKey({ name: 'fuzz.example.org', algorithm: 'hmac-sha256', secret: Buffer.alloc(32) });
const server = new Responder({ opt: new OptWriter('fuzz'), cookies: new ServerCookies(), keys: tsigKeys([key]) });

/** Whatever came in: nothing, or a well-formed answer to it that fits. */
function checkAnswer(packet: Buffer, protocol: 'udp' | 'tcp'): void {
  const wire = server.respond(packet, zones, protocol, '192.0.2.1')?.wire;
  if (packet.length < 12 || (packet.readUInt8(2) & 0x80) !== 0) {
    expect(wire).toBeUndefined();
    return;
  }
  if (!wire) throw new Error('a request got no answer');
  expect(wire.length).toBeLessThanOrEqual(protocol === 'udp' ? 1232 : 65_535);
  expect(wire.readUInt16BE(0)).toBe(packet.readUInt16BE(0));
  const reply = decode(wire);
  expect({ qr: reply.type, ra: reply.flag_ra }).toEqual({ qr: 'response', ra: false });
  expect(decode.bytes).toBe(wire.length);
}

const names = fc
  .constantFrom('www', 'WWW', 'a.w', 'big', 'x.sub', 'nope', '')
  .map((label) => [label, 'ct.example.org'].filter(Boolean).join('.'));
const questions = fc
  .record({
    name: names,
    type: fc.constantFrom('A', 'TXT', 'ANY', 'NS', 'AXFR'),
    edns: fc.constantFrom(false as const, 0, 512, 1232, 65_535),
  })
  .map(({ name, type, edns }) => query({ name, type: type as 'A', edns }));
const protocols = fc.constantFrom('udp' as const, 'tcp' as const);

describe('any octets', () => {
  it('as a packet', () => {
    const octets = fc.uint8Array({ maxLength: 600 });
    fc.assert(
      fc.property(octets, protocols, (bytes, protocol) => checkAnswer(Buffer.from(bytes), protocol)),
      { numRuns: packets },
    );
  });

  it('behind a header that claims one question', () => {
    const body = fc
      .uint8Array({ maxLength: 300 })
      .map((bytes) =>
        Buffer.concat([Buffer.from('00070100000100000000', 'hex'), Buffer.of(0, bytes.length % 3), bytes]),
      );
    fc.assert(fc.property(body, protocols, checkAnswer), { numRuns: packets });
  });

  it.each([
    ['a sound question', questions],
    [
      'one that is signed',
      questions.map((packet) => signTsig(packet, key, { now: Math.floor(Date.now() / 1_000) }).wire),
    ],
  ])('written over %s, or cut out of it', (_what, sound) => {
    const spoilt = fc
      .tuple(sound, fc.array(fc.tuple(fc.nat(160), fc.nat(255)), { maxLength: 4 }), fc.option(fc.nat(160)))
      .map(([packet, changes, length]) => {
        for (const [at, octet] of changes) packet[at % packet.length] = octet;
        return length === null ? packet : packet.subarray(0, length);
      });
    fc.assert(fc.property(spoilt, protocols, checkAnswer), { numRuns: packets });
  });

  it('as labels: presentation form gives them back', () => {
    const labels = fc.array(fc.uint8Array({ minLength: 1, maxLength: 63 }), { maxLength: 3 });
    fc.assert(
      fc.property(labels, (octets) => {
        const name = Name.fromLabels(octets);
        expect(Name.parse(name.toString()).wire).toEqual(name.wire);
        expect(name.labels().map((label) => [...label])).toEqual(octets.map((label) => [...label]));
      }),
      { numRuns: packets },
    );
  });

  it('as the text of a name: a name within limits, or a NameError', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom('a', '.', '\\', '0', '2', '9', '@', ' ', 'é') }),
    );
    fc.assert(
      fc.property(texts, (text) => {
        try {
          expect(Name.parse(text).wire.length).toBeLessThanOrEqual(255);
        } catch (error) {
          if (!(error instanceof NameError)) throw error;
        }
      }),
      { numRuns: packets },
    );
  });
});
