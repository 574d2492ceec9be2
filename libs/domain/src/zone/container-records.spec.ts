import { containerRecords } from './container-records';

it('has one record for each published address, in the given order', () => {
  const published = [
    { address: '2001:db8::7', family: 6 as const },
    { address: '192.0.2.7', family: 4 as const },
    { address: '192.0.2.8', family: 4 as const },
  ];
  expect(containerRecords('Web1', published)).toEqual([
    { name: 'web1', type: 'AAAA', address: '2001:db8::7' },
    { name: 'web1', type: 'A', address: '192.0.2.7' },
    { name: 'web1', type: 'A', address: '192.0.2.8' },
  ]);
});

it('has none without published addresses', () => {
  expect(containerRecords('web1', [])).toEqual([]);
});

it('lower-cases ASCII only (RFC 4343 §3)', () => {
  const [record] = containerRecords('W\u212A', [{ address: '192.0.2.7', family: 4 }]);
  expect(record?.name).toBe('w\u212A');
});
