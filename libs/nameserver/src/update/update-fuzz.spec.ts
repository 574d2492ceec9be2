import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { PacketRecord, pointer, txt, updatePacket, wire } from '../../test/update-packet';
import { Rcode } from '../rcode';
import { RrType } from '../rr-type';
import { HeldNames } from './held-records';
import { failedPrerequisite } from './prerequisites';
import { isUpdatableType, rdataIdentity } from './rdata-layout';
import { applyUpdate } from './update-application';
import { decodeUpdate } from './update-decoder';
import { UpdateMessage } from './update-message';

/** How many packets of each kind; a soak sets more. */
const packets = Number(process.env['LXDM_FUZZ_PACKETS'] ?? 1_000);
jest.setTimeout(20_000 + packets * 5);
/** What a packet as large as UDP carries may cost, in digests of a mebibyte: no machine is as fast as another, nor always as fast. */
const MAX_SMALL = 2;
/** What the largest message may cost, whose thousand records are signed and come over TCP. */
const MAX_LARGE = 50;
const mebibyte = Buffer.alloc(1 << 20);

/** Whatever came in: understood, with sound records, or refused with a code that RFC 2136 has for it. */
function check(packet: Buffer): UpdateMessage {
  const message = decodeUpdate(packet);
  const codes: (number | undefined)[] = [undefined, Rcode.FORMERR, Rcode.NOTZONE, Rcode.NOTAUTH, Rcode.REFUSED];
  expect(codes).toContain(message.fault?.rcode);
  if (message.fault || !message.zone) return message;
  const held: HeldNames = new Map();
  failedPrerequisite(message.prerequisites, held);
  const { removed, added } = applyUpdate(message.zone, message.changes, held);
  expect(removed).toEqual([]);
  for (const { name, type, ttl, rdata } of added) {
    expect(name.isWithin(message.zone)).toBe(true);
    expect(name.wire.length).toBeLessThanOrEqual(255);
    expect(ttl).toBeLessThanOrEqual(0x7fff_ffff);
    rdataIdentity(type, rdata);
  }
  return message;
}

/** What the work costs at best, in digests of a mebibyte made in turn with it; tried again while it seems to cost more than it may. */
function cost(work: () => unknown, bound: number): number {
  let [best, digest] = [Infinity, Number.MAX_VALUE];
  for (let tries = 0; tries < 5 || (tries < 50 && best / digest >= bound); tries += 1) {
    digest = Math.min(
      digest,
      milliseconds(() => createHash('sha256').update(mebibyte).digest()),
    );
    best = Math.min(best, milliseconds(work));
  }
  return best / digest;
}

function milliseconds(work: () => unknown): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}

const types = fc.oneof(
  fc.constantFrom(1, 2, 5, 6, 12, 15, 16, 17, 18, 28, 33, 35, 43, 44, 52, 64, 65, 255, 257, 250, 41, 65_280),
  fc.nat(0xffff),
);
const names: fc.Arbitrary<Buffer> = fc.oneof(
  fc.constantFrom('ct.example.org', 'www.CT.example.org', 'x.org', '*.ct.example.org').map((name) => wire(name)),
  fc.nat(0x3fff).map(pointer),
  fc.constant(pointer(12)),
  fc.uint8Array({ maxLength: 70 }).map((octets) => Buffer.from(octets)),
);
const rdatas: fc.Arbitrary<Buffer> = fc.oneof(
  fc.uint8Array({ maxLength: 60 }).map((octets) => Buffer.from(octets)),
  fc.constantFrom(Buffer.alloc(0), Buffer.of(192, 0, 2, 1), txt('text'), wire('a.ct.example.org'), pointer(12)),
  fc.tuple(fc.uint8Array({ minLength: 2, maxLength: 2 }), names).map(([head, name]) => Buffer.concat([head, name])),
);
const records: fc.Arbitrary<PacketRecord> = fc.record(
  {
    name: names,
    type: types,
    rrclass: fc.oneof(fc.constantFrom(1, 254, 255), fc.nat(0xffff)),
    ttl: fc.oneof(fc.constant(0), fc.nat(0x7fff_ffff)),
    rdata: rdatas,
    rdlength: fc.nat(0xffff),
  },
  { requiredKeys: ['name', 'type'] },
);
const structured = fc
  .record({
    prerequisites: fc.array(records, { maxLength: 4 }),
    changes: fc.array(records, { maxLength: 8 }),
    additional: fc.array(records, { maxLength: 2 }),
    counts: fc.oneof(fc.constant({}), fc.record({ 1: fc.nat(0xffff), 2: fc.nat(9) }, { requiredKeys: [] })),
  })
  .map(updatePacket);

it('random octets', () => {
  const octets = fc.uint8Array({ maxLength: 600 }).map((random) => Buffer.from(random));
  fc.assert(
    fc.property(octets, (packet) => void check(packet)),
    { numRuns: packets },
  );
});

it('messages of random records', () => {
  fc.assert(
    fc.property(structured, (packet) => void check(packet)),
    { numRuns: packets },
  );
});

it('sound messages with octets changed, cut and put in', () => {
  const sound = updatePacket({
    prerequisites: [{ name: pointer(12), type: RrType.A, rrclass: 254 }],
    changes: [
      { name: 'www.ct.example.org', type: RrType.MX, ttl: 60, rdata: Buffer.concat([Buffer.of(0, 1), pointer(12)]) },
      { name: Buffer.concat([Buffer.of(1, 0x77), pointer(12)]), type: RrType.TXT, rrclass: 254, rdata: txt('x') },
      { name: pointer(12), type: RrType.ANY, rrclass: 255 },
    ],
    additional: [{ name: '.', type: RrType.OPT }],
  });
  expect(check(sound).fault).toBeUndefined();
  const mutation = fc.tuple(fc.nat(sound.length - 1), fc.nat(255), fc.constantFrom('set', 'cut', 'insert'));
  const mutated = fc.array(mutation, { minLength: 1, maxLength: 4 }).map((mutations) =>
    mutations.reduce((packet, [place, octet, how]) => {
      const at = Math.min(place, packet.length);
      const rest = packet.subarray(how === 'insert' ? at : at + 1);
      return Buffer.concat([packet.subarray(0, at), how === 'cut' ? Buffer.alloc(0) : Buffer.of(octet), rest]);
    }, sound),
  );
  fc.assert(
    fc.property(mutated, (packet) => void check(packet)),
    { numRuns: packets },
  );
});

describe('the dearest packets', () => {
  const labels = Buffer.concat([...Array<Buffer>(60).fill(Buffer.of(1, 0x61)), pointer(12)]);
  const first = 12 + wire('ct.example.org').length + 4;
  const filled = (octets: number, record: PacketRecord): Buffer => {
    const one = updatePacket({ changes: [record] }).length - updatePacket({}).length;
    const deep = { name: labels, type: 65_280, rdata: Buffer.alloc(0) };
    const room = octets - updatePacket({ changes: [deep] }).length;
    const changes = [deep, ...Array<PacketRecord>(Math.min(999, Math.floor(room / one))).fill(record)];
    return updatePacket({ changes });
  };
  const hop = Buffer.concat([Buffer.of(1, 0x62), pointer(first)]);
  it.each<[string, PacketRecord]>([
    ['owners of many labels', { name: hop, type: 65_280 }],
    ['data of many labels', { name: pointer(12), type: RrType.CNAME, rdata: hop }],
    ['data of two names', { name: pointer(12), type: 17, rdata: Buffer.concat([hop, hop]) }],
    ['a record at one name, each time another', { name: pointer(12), type: RrType.A, rdata: Buffer.of(1, 2, 3, 4) }],
    ['NAPTR of many labels', { name: pointer(12), type: 35, rdata: Buffer.concat([Buffer.alloc(7), hop]) }],
    [
      'SVCB of many labels',
      {
        name: pointer(12),
        type: 64,
        rdata: Buffer.concat([Buffer.of(0, 1), ...Array<Buffer>(120).fill(Buffer.of(1, 0x61)), Buffer.of(0)]),
      },
    ],
    ['strings of nothing', { name: pointer(12), type: RrType.TXT, rdata: Buffer.alloc(900) }],
  ])('%s', (_what, record) => {
    const small = filled(1_232, record);
    const large = filled(65_535, record);
    expect([check(small).fault, check(large).fault]).toEqual([undefined, undefined]);
    expect(cost(() => decodeUpdate(small), MAX_SMALL)).toBeLessThan(MAX_SMALL);
    expect(cost(() => decodeUpdate(large), MAX_LARGE)).toBeLessThan(MAX_LARGE);
  });
});

it('no type that an update may write is one that others read otherwise', () => {
  const refused = [0, 6, 29, 39, 41, 46, 47, 48, 50, 51, 59, 60, 128, 250, 251, 252, 253, 254, 255];
  expect(refused.filter(isUpdatableType)).toEqual([]);
  expect(
    [1, 2, 5, 12, 15, 16, 28, 33, 35, 43, 44, 52, 64, 65, 257, 65_280].filter((type) => !isUpdatableType(type)),
  ).toEqual([]);
});
