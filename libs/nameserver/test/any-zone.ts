import * as fc from 'fast-check';
import { Name } from '../src/name';
import { RrsetData, ZoneData } from '../src/zone-data';
import { soa } from './sample-zone';

const uint8 = fc.nat(0xff);
const uint16 = fc.nat(0xffff);
const octets = (maxLength: number, minLength = 0): fc.Arbitrary<Uint8Array> => fc.uint8Array({ minLength, maxLength });
const hex = (length: number): fc.Arbitrary<string> =>
  octets(length, length).map((bytes) => Buffer.from(bytes).toString('hex'));
const labels = (maxLength: number): fc.Arbitrary<Uint8Array[]> =>
  fc.array(
    fc.oneof(
      octets(20, 1),
      fc.constantFrom('a', 'B', '*', '@', '_x').map((label) => Buffer.from(label)),
    ),
    { maxLength },
  );
/** Any absolute name, within or without the zone. */
const target = fc.oneof(
  labels(4).map((found) => Name.fromLabels(found)),
  labels(3).map((found) => Name.fromLabels(found, Name.parse('ct.example.org'))),
);
const text = octets(255);
const ipv4 = octets(4, 4).map((bytes) => bytes.join('.'));
const ipv6 = fc.ipV6();
const ids = fc.array(octets(20, 1), { minLength: 1, maxLength: 3 });

const serviceParams = fc
  .record({
    alpn: fc.option(ids),
    port: fc.option(uint16),
    ipv4hint: fc.option(octets(4, 4)),
    ech: fc.option(octets(20, 1)),
    ipv6hint: fc.option(octets(16, 16)),
    other: fc.option(fc.tuple(fc.integer({ min: 9, max: 65_534 }), octets(40))),
  })
  .map(({ alpn, port, ipv4hint, ech, ipv6hint, other }) => [
    ...(alpn ? [{ key: 1, value: Buffer.concat(alpn.map((id) => Buffer.of(id.length, ...id))) }] : []),
    ...(alpn && port !== null
      ? [
          { key: 0, value: Buffer.of(0, 1, 0, 3) },
          { key: 2, value: Buffer.alloc(0) },
        ]
      : []),
    ...(port === null ? [] : [{ key: 3, value: Buffer.of(port >> 8, port & 0xff) }]),
    ...(ipv4hint ? [{ key: 4, value: ipv4hint }] : []),
    ...(ech ? [{ key: 5, value: ech }] : []),
    ...(ipv6hint ? [{ key: 6, value: ipv6hint }] : []),
    ...(other ? [{ key: other[0], value: other[1] }] : []),
  ]);
const binding = fc.record({ priority: fc.integer({ min: 1, max: 0xffff }), target, params: serviceParams });

const recordsByType = {
  A: ipv4,
  AAAA: ipv6,
  PTR: target,
  MX: fc.record({ preference: uint16, exchange: target }),
  TXT: fc.array(text, { minLength: 1, maxLength: 4 }),
  SRV: fc.record({ priority: uint16, weight: uint16, port: uint16, target }),
  CAA: fc.record({ flags: uint8, tag: fc.constantFrom('issue', 'iodef', 'X9'), value: octets(300) }),
  SSHFP: fc.record({ algorithm: uint8, fingerprintType: fc.constant(2), fingerprint: hex(32) }),
  DS: fc.record({ keyTag: uint16, algorithm: uint8, digestType: fc.constant(4), digest: hex(48) }),
  TLSA: fc.record({ usage: uint8, selector: uint8, matchingType: fc.constant(2), data: hex(64) }),
  NAPTR: fc.record({
    order: uint16,
    preference: uint16,
    flags: fc.constantFrom('', 'u', 'S'),
    services: text,
    regexp: fc.constantFrom('', '!^.*$!sip:a@b!', '/^(a|[b-d"]+)\\/$/\\1;x/i'),
    replacement: target,
  }),
  SVCB: binding,
  HTTPS: binding,
  TYPE65280: octets(300),
  TYPE731: octets(3),
};

const rrset = fc
  .tuple(
    labels(3),
    fc.constantFrom(...(Object.keys(recordsByType) as (keyof typeof recordsByType)[])),
    fc.nat(0x7fffffff),
  )
  .chain(([owner, type, ttl]) =>
    fc
      .array(recordsByType[type] as fc.Arbitrary<unknown>, { minLength: 1, maxLength: 3 })
      // Each type has its own records beside it.
      .map(
        (records) => ({ name: Name.fromLabels(owner, Name.parse('ct.example.org')), type, ttl, records }) as RrsetData,
      ),
  )
  .filter(({ name, type }) => !(type === 'DS' && String(name) === 'ct.example.org.'));

/** A zone with records of every type, at names of any octets. */
export const anyZone: fc.Arbitrary<ZoneData> = fc.array(rrset, { maxLength: 12 }).map((rrsets) => ({
  origin: 'ct.example.org',
  soa,
  ns: ['ns.ct.example.org.'],
  rrsets: [{ name: 'ns', type: 'A', ttl: 60, records: ['192.0.2.53'] }, ...rrsets],
}));
