import { zoneData } from '../../test/sample-zone';
import { rdataText } from '../records/rdata-text';
import { RrsetData } from '../zone-data';
import { buildZone } from '../zone-builder';
import { readZoneFile } from './zone-file-reader';
import { writeZoneFile } from './zone-file-writer';

const apex = [
  'ct.example.org. 300 IN SOA ns.ct.example.org. hostmaster.ct.example.org. 4275878552 3600 600 864000 60',
  'ct.example.org. 300 IN NS ns.ct.example.org.',
];
const ns = 'ns.ct.example.org. 60 IN A 192.0.2.53';
const write = (rrsets: readonly RrsetData[]): string[] =>
  writeZoneFile(buildZone(zoneData(rrsets)))
    .split('\n')
    .slice(0, -1);

describe('the text of a zone', () => {
  it('is complete: SOA and NS first, then names in canonical order (RFC 4034 §6.1), types by number, records by octets', () => {
    const a = (name: string): RrsetData => ({ name, type: 'A', ttl: 60, records: ['192.0.2.2', '192.0.2.1'] });
    const names = ['z', '*.z', 'a', 'Z.a', 'yljkjljk.a', '\\001.z', '\\200.z', 'ab'];
    const mx: RrsetData = { name: '@', type: 'MX', ttl: 5, records: [{ preference: 1, exchange: 'ns' }] };
    expect(write([...names.map(a), mx]).map((line) => line.split(' ').slice(0, 5).join(' '))).toEqual([
      ...apex.map((line) => line.split(' ').slice(0, 5).join(' ')),
      'ct.example.org. 5 IN MX 1',
      ...['a', 'yljkjljk.a', 'Z.a', 'ab'].flatMap((name) => both(name)),
      ns,
      ...['z', '\\001.z', '*.z', '\\200.z'].flatMap((name) => both(name)),
    ]);
    function both(name: string): string[] {
      return ['192.0.2.1', '192.0.2.2'].map((address) => `${name}.ct.example.org. 60 IN A ${address}`);
    }
  });

  it.each<[RrsetData, string]>([
    [{ name: 'a', type: 'AAAA', ttl: 0, records: ['2001:DB8:0:0::0:1'] }, '0 IN AAAA 2001:db8::1'],
    [{ name: 'a', type: 'TXT', ttl: 1, records: ['a"b\\c;é\n'] }, '1 IN TXT "a\\"b\\\\c;\\195\\169\\010"'],
    [{ name: 'a', type: 'TXT', ttl: 1, records: [['', 'b']] }, '1 IN TXT "" "b"'],
    [{ name: 'a', type: 'CNAME', ttl: 1, records: ['b'] }, '1 IN CNAME b.ct.example.org.'],
    [{ name: 'a', type: 'CAA', ttl: 1, records: [{ tag: 'issue', value: ';' }] }, '1 IN CAA 0 issue ";"'],
    [{ name: 'a', type: 'TYPE65280', ttl: 1, records: [Buffer.of(1, 255)] }, '1 IN TYPE65280 \\# 2 01ff'],
    [{ name: 'a', type: 'TYPE13', ttl: 1, records: [Buffer.from('01610162', 'hex')] }, '1 IN TYPE13 \\# 4 01610162'],
    [
      {
        name: 'a',
        type: 'HTTPS',
        ttl: 1,
        records: [{ priority: 1, target: '.', params: [{ key: 3, value: Buffer.of(1, 187) }] }],
      },
      '1 IN HTTPS 1 . port="443"',
    ],
    // Knot 3.2 knows dohpath by its number only.
    [
      {
        name: 'a',
        type: 'SVCB',
        ttl: 1,
        records: [{ priority: 1, target: '.', params: [{ key: 7, value: Buffer.from('/q{?dns}') }] }],
      },
      '1 IN SVCB 1 . key7="/q{?dns}"',
    ],
  ])('writes %j', (rrset, expected) => {
    expect(write([rrset])[2]).toBe(`a.ct.example.org. ${expected}`);
  });

  it('puts a long record in parentheses, so that no line is long', () => {
    const records = [[...Array.from({ length: 200 }, () => Buffer.alloc(255, 7))]];
    const raw = [Buffer.alloc(60_000, 7)];
    const lines = write([
      { name: 'a', type: 'TXT', ttl: 1, records },
      { name: 'b', type: 'TYPE65280', ttl: 1, records: raw },
    ]);
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(1_200);
    const { rrsets } = readZoneFile(lines.join('\n'), { origin: 'ct.example.org' });
    expect(rrsets.find(({ type }) => type === 'TXT')?.records[0]).toHaveLength(200);
    expect(rrsets.find(({ type }) => type === 'TYPE65280')?.records).toEqual(raw);
  });
});

describe('one record as text', () => {
  it.each<[number, string, string]>([
    [1, 'c0000201', '192.0.2.1'],
    [28, '00000000000000000000000000000000', '::'],
    [28, '00000000000000000000000000000001', '::1'],
    [28, '20010db8000000000000000000000000', '2001:db8::'],
    [28, '20010db8000000010001000100010001', '2001:db8:0:1:1:1:1:1'],
    [28, '00010000000000010000000000000001', '1:0:0:1::1'],
    [28, '00010000000000000001000000000000', '1::1:0:0:0'],
    [5, '0141022e2000', 'A.\\.\\032.'],
    [6, '00 00 00000001 00000002 00000003 00000004 ffffffff'.replaceAll(' ', ''), '. . 1 2 3 4 4294967295'],
    [16, '00', '""'],
    [65_280, '', '\\# 0'],
  ])('type %d %s', (type, hex, text) => expect(rdataText(type, Buffer.from(hex, 'hex'))).toBe(text));

  it.each<[number, string]>([
    [1, 'c00002'],
    [1, 'c000020100'],
    [5, 'c00c'],
    [5, '0161'],
    [16, ''],
    [16, '0261'],
    [15, '0001'],
    [33, '000100020003'],
    [257, '000021'],
    [64, '0001000003000100'],
  ])('type %d %s is none', (type, hex) => {
    expect(() => rdataText(type, Buffer.from(hex, 'hex'))).toThrow(
      expect.objectContaining({ name: 'RdataError' }) as Error,
    );
  });
});
