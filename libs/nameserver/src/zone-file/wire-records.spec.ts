import { rdataText } from '../records/rdata-text';
import { canonicalName, targetName, wireRecords } from './wire-records';
import { Name } from '../name';
import { readZoneFile } from './zone-file-reader';

const recordsOf = (text: string) => wireRecords(readZoneFile(text, { origin: 'ct.example.org.' }));

it('has every record with its owner in one spelling, its octets and its place, in the order of the text', () => {
  const text =
    'WEB 1h A 192.0.2.1\nb 1h TXT "x"\nweb 1h A 192.0.2.2\n  TYPE65280 \\# 2 0102\nÄ\\046x 60 A 192.0.2.3'.replace(
      'Ä',
      '\\195',
    );
  expect(recordsOf(text).map(({ rdata, ...record }) => ({ ...record, data: rdataText(record.type, rdata) }))).toEqual([
    { owner: 'web.ct.example.org.', type: 1, ttl: 3600, data: '192.0.2.1', target: null, line: 1, column: 1 },
    { owner: 'b.ct.example.org.', type: 16, ttl: 3600, data: '"x"', target: null, line: 2, column: 1 },
    { owner: 'web.ct.example.org.', type: 1, ttl: 3600, data: '192.0.2.2', target: null, line: 3, column: 1 },
    { owner: 'web.ct.example.org.', type: 65280, ttl: 3600, data: '\\# 2 0102', target: null, line: 4, column: 3 },
    { owner: '\\195\\.x.ct.example.org.', type: 1, ttl: 60, data: '192.0.2.3', target: null, line: 5, column: 1 },
  ]);
});

it('has the SOA too, and where a record leads', () => {
  const found = recordsOf('@ 60 SOA ns hostmaster 1 2 3 4 5\nWww CNAME Web');
  expect(found.map(({ owner, type, target }) => [owner, type, target])).toEqual([
    ['ct.example.org.', 6, null],
    ['www.ct.example.org.', 5, 'web.ct.example.org.'],
  ]);
});

it.each([
  ['CNAME Other', 'other.ct.example.org.'],
  ['MX 10 mail.Example.', 'mail.example.'],
  ['SRV 0 0 1 svc', 'svc.ct.example.org.'],
  ['HTTPS 1 .', undefined],
  ['A 192.0.2.1', undefined],
])('%s leads to %s', (data, target) => {
  const [record] = recordsOf(`x ${data}`);
  expect(record && targetName(record.type, record.rdata)).toBe(target);
});

it('lower-cases A to Z only', () => {
  expect(canonicalName(Name.parse('A\\196B.Example.'))).toBe('a\\196b.example.');
});
