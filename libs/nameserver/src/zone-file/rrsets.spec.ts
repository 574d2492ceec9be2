import { refusals } from '../../test/zone-file-places';
import { readServableZoneFile } from './zone-file-reader';

const addresses = (count: number): string =>
  Array.from({ length: count }, (_, index) => `a A 192.0.2.${index}\n`).join('');

describe('records that cannot stand together', () => {
  it.each([
    ['a A 192.0.2.1\na A 192.0.2.1', ['2:1 duplicate-record']],
    ['a A 192.0.2.1\nA A 192.0.2.1', ['2:1 duplicate-record']],
    ['a A 192.0.2.1\n  A 192.0.2.2\n  A 192.0.2.1', ['3:3 duplicate-record']],
    ['a AAAA ::1\na AAAA 0:0:0:0:0:0:0:1', ['2:1 duplicate-record']],
    ['a MX 1 b\na MX 1 B', ['2:1 duplicate-record']],
    ['a TXT "x"\na TXT x', ['2:1 duplicate-record']],
    ['a A 192.0.2.1\na TYPE1 \\# 4 c0000201', ['2:1 duplicate-record']],
    ['a 60 A 192.0.2.1\na 30 A 192.0.2.2', ['2:1 ttl-differs']],
    ['a 60 A 192.0.2.1\nb A 192.0.2.1\na 61 A 192.0.2.2', ['3:1 ttl-differs']],
    ['a CNAME b\na A 192.0.2.1', ['2:1 cname-beside-others']],
    ['a A 192.0.2.1\na CNAME b', ['2:1 cname-beside-others']],
    ['a A 192.0.2.1\nx A 192.0.2.1\nA CNAME b', ['3:1 cname-beside-others']],
    ['a TXT x\n  CNAME b', ['2:3 cname-beside-others']],
    ['a CNAME b\na CNAME c', ['2:1 several-cnames']],
    ['a CNAME b\na CNAME B', ['2:1 duplicate-record']],
    ['@ CNAME b', ['1:1 cname-beside-others']],
    ['ct.example.org. CNAME b', ['1:1 cname-beside-others']],
    ['*.a CNAME b\n*.a TXT x', ['2:1 cname-beside-others']],
    [addresses(101), ['101:1 too-many-records']],
    [addresses(150), ['101:1 too-many-records']],
    ['a SOA ns h 1 2 3 4 5', ['1:1 misplaced-soa']],
    ['@ SOA ns h 1 2 3 4 5\n@ SOA ns h 1 2 3 4 5', ['2:1 misplaced-soa']],
    [`@ DS 1 8 2 ${'ab'.repeat(32)}`, ['1:1 misplaced-ds']],
    ['sub NS ns.sub', ['1:1 missing-glue']],
    ['sub NS ns.example.com.\nsub A 192.0.2.1', ['2:1 below-delegation']],
    ['sub NS ns.example.com.\nx A 192.0.2.1\nwww.sub A 192.0.2.1', ['3:1 below-delegation']],
    ['sub NS ns.example.com.\nwww.sub TYPE65280 \\# 0', ['2:1 below-delegation']],
    ['sub NS ns.example.com.\nwww.sub TYPE13 \\# 2 0000', ['2:1 below-delegation']],
    ['sub NS ns.example.com.\nsub CNAME b', ['2:1 cname-beside-others']],
    ['*.sub NS ns.example.com.', ['1:1 wildcard-delegation']],
  ])('%j', (text, places) => expect(refusals(text)).toEqual(places));

  it('tells a set that is too large for a message', () => {
    const strings = Array.from({ length: 60 }, (_, index) => `"${'x'.repeat(200)}${index}"`);
    const text = Array.from({ length: 6 }, (_, index) => `a TXT ${index} ${strings.join(' ')}`).join('\n');
    expect(refusals(text)).toEqual(['6:1 rrset-too-large']);
  });
});

describe('records that stand together', () => {
  it.each([
    addresses(100),
    'a A 192.0.2.1\na AAAA ::1\na TXT x\na MX 65 b\na MX 97 b',
    'a 60 A 192.0.2.1\na 30 AAAA ::1',
    'a TXT x\na TXT X',
    'a CNAME a',
    'a CNAME b\nb CNAME a',
    '*.x CNAME b\nx TXT b',
    'sub NS ns.sub\nns.sub A 192.0.2.1\nsub DS 1 8 2 ' + 'ab'.repeat(32),
  ])('%j', (text) => expect(refusals(text)).toEqual([]));
});

it('tells many problems at once, in the order of the text', () => {
  const text = 'a CNAME b\na A 192.0.2.1\nb A x\nc..d A 192.0.2.1\ne TXT "\n$INCLUDE f\ng A 192.0.2.1';
  expect(refusals(text)).toEqual([
    '2:1 cname-beside-others',
    '3:5 bad-field',
    '4:1 bad-name',
    '5:7 unclosed-quote',
    '6:1 include-refused',
  ]);
});

it('keeps what can be served', () => {
  const text = 'a CNAME b\na A 192.0.2.1\nb A x\ng A 192.0.2.1\ng A 192.0.2.1';
  const { rrsets } = readServableZoneFile(text, { origin: 'z' }).file;
  expect(rrsets).toMatchObject([
    { name: 'a.z.', type: 'A', records: ['192.0.2.1'] },
    { name: 'g.z.', type: 'A', records: ['192.0.2.1'], places: [{ line: 4, column: 1 }] },
  ]);
});
