import { refusals } from '../../test/zone-file-places';
import { readServableZoneFile, readZoneFile } from './zone-file-reader';

describe('TTL, class and type that are refused', () => {
  it.each([
    ['a', '1:2 missing-type'],
    ['a 60', '1:5 missing-type'],
    ['a 60 IN', '1:8 missing-type'],
    ['a IN ; comment', '1:5 missing-type'],
    ['a (\n60\n)', '2:3 missing-type'],
    ['a -1 A 192.0.2.1', '1:3 bad-ttl'],
    ['a +1 A 192.0.2.1', '1:3 bad-ttl'],
    ['a 1.5 A 192.0.2.1', '1:3 bad-ttl'],
    ['a 1e3 A 192.0.2.1', '1:3 bad-ttl'],
    ['a 0x10 A 192.0.2.1', '1:3 bad-ttl'],
    ['a 1x A 192.0.2.1', '1:3 bad-ttl'],
    ['a 1h30 A 192.0.2.1', '1:3 bad-ttl'],
    ['a 1hh A 192.0.2.1', '1:3 bad-ttl'],
    ['a 2147483648 A 192.0.2.1', '1:3 bad-ttl'],
    ['a 4294967296 A 192.0.2.1', '1:3 bad-ttl'],
    ['a 99999999999999999999 A 192.0.2.1', '1:3 bad-ttl'],
    ['a 3551w A 192.0.2.1', '1:3 bad-ttl'],
    [`a ${'9'.repeat(10_000)} A 192.0.2.1`, '1:3 bad-ttl'],
    ['a 60 60 A 192.0.2.1', '1:6 bad-ttl'],
    ['a 60 IN 60 A 192.0.2.1', '1:9 bad-ttl'],
    ['a IN 60 IN A 192.0.2.1', '1:9 bad-class'],
    ['a CH A 192.0.2.1', '1:3 bad-class'],
    ['a ch TXT x', '1:3 bad-class'],
    ['a HS A 192.0.2.1', '1:3 bad-class'],
    ['a ANY A 192.0.2.1', '1:3 bad-class'],
    ['a NONE A 192.0.2.1', '1:3 bad-class'],
    ['a CLASS3 A 192.0.2.1', '1:3 bad-class'],
    ['a CLASS99999 A 192.0.2.1', '1:3 bad-class'],
    ['a B 192.0.2.1', '1:3 unknown-type'],
    ['a \\A 192.0.2.1', '1:3 unknown-type'],
    ['a 60 IN', '1:8 missing-type'],
    ['a AA 192.0.2.1', '1:3 unknown-type'],
    ['a TYPE 192.0.2.1', '1:3 unknown-type'],
    ['a TYPEx 192.0.2.1', '1:3 unknown-type'],
    ['a TYPE-1 \\# 0', '1:3 unknown-type'],
    ['a TYPE100000 \\# 0', '1:3 unknown-type'],
    ['a HINFO "x" "y"', '1:3 unknown-type'],
    ['a SPF "v=spf1"', '1:3 unknown-type'],
    ['a DNAME b', '1:3 unsupported-type'],
    ['a dname b', '1:3 unsupported-type'],
    ['a TYPE39 \\# 1 00', '1:3 unsupported-type'],
    ['a RRSIG A 8 2 60 x', '1:3 unsupported-type'],
    ['a NSEC b', '1:3 unsupported-type'],
    ['a DNSKEY 256 3 8 AA', '1:3 unsupported-type'],
    ['a TYPE46 \\# 0', '1:3 unsupported-type'],
    ['a TYPE0 \\# 0', '1:3 unsupported-type'],
    ['a TYPE41 \\# 0', '1:3 unsupported-type'],
    ['a TYPE252 \\# 0', '1:3 unsupported-type'],
    ['a TYPE255 \\# 0', '1:3 unsupported-type'],
    ['a TYPE65536 \\# 0', '1:3 unsupported-type'],
    ['a TYPE29 \\# 1 00', '1:3 unsupported-type'],
    ['a ANY 192.0.2.1', '1:3 bad-class'],
    ['a AXFR', '1:3 unknown-type'],
    ['A 192.0.2.1', '1:3 bad-ttl'],
    ['TXT "x"', '1:5 missing-type'],
    ['CNAME b', '1:7 unknown-type'],
  ])('%j', (text, place) => expect(refusals(text)).toEqual([place]));

  it.each(['A 192.0.2.1', 'CNAME b', 'AAAA ::1'])('%j: says that the name is missing', (text) => {
    expect(readServableZoneFile(text, { origin: 'z' }).problems[0]?.message).toContain('is taken for the name');
  });
});

describe('TTL, class and type that are taken', () => {
  it.each([
    'a 60 IN A 192.0.2.1',
    'a IN 60 A 192.0.2.1',
    'a 1m A 192.0.2.1',
    'a IN A 192.0.2.1',
    'a A 192.0.2.1',
    'a in a 192.0.2.1',
    'a CLASS1 TYPE1 192.0.2.1',
    'a type1 \\# 4 c0000201',
    'a A \\# 4 C0 00 02 01',
    'a A \\# 4 ( c000\n0201 )',
    'a 00060 A 192.0.2.1',
  ])('%j', (text) => {
    expect(readZoneFile(text, { origin: 'z' }).rrsets).toEqual([
      { name: 'a.z.', type: 'A', ttl: 60, records: ['192.0.2.1'], places: [{ line: 1, column: 1 }] },
    ]);
  });
});
