import { ContainerRecords } from './container-records';

it('has its addresses by family, in the given order, and what its host keys look like', () => {
  const hostKeys = '4:00ff 1:aa';
  expect(
    new ContainerRecords({ name: 'web1', addresses: '2001:db8::7 192.0.2.7 192.0.2.8', hostKeys }).rrsets(),
  ).toEqual([
    { name: 'web1', type: 'A', ttl: 60, records: ['192.0.2.7', '192.0.2.8'] },
    { name: 'web1', type: 'AAAA', ttl: 60, records: ['2001:db8::7'] },
    {
      name: 'web1',
      type: 'SSHFP',
      ttl: 60,
      records: [
        { algorithm: 4, fingerprintType: 2, fingerprint: '00ff' },
        { algorithm: 1, fingerprintType: 2, fingerprint: 'aa' },
      ],
    },
  ]);
});

it('has none without addresses and keys', () => {
  expect(new ContainerRecords({ name: 'web1', addresses: '', hostKeys: '' }).rrsets()).toEqual([]);
});

it.each([
  ['', '', 0],
  ['', '4:00ff', 1],
  ['192.0.2.7', '', 1],
  ['192.0.2.7 192.0.2.8', '', 1],
  ['2001:db8::7', '', 1],
  ['2001:db8::7 ::ffff:192.0.2.8', '', 1],
  ['192.0.2.7 2001:db8::7', '', 2],
  ['2001:db8::7 192.0.2.7 2001:db8::8', '4:00ff 1:aa', 3],
])('knows without making them how many RRsets follow from %p and %p', (addresses, hostKeys, size) => {
  const records = new ContainerRecords({ name: 'web1', addresses, hostKeys });
  expect([records.size, records.rrsets().length]).toEqual([size, size]);
});

it('is alike where it says the same', () => {
  const likeness = (addresses: string, hostKeys: string) =>
    new ContainerRecords({ name: 'web1', addresses, hostKeys }).likeness;
  expect(likeness('192.0.2.7', '4:00ff')).toBe(likeness('192.0.2.7', '4:00ff'));
  expect(
    new Set([likeness('', ''), likeness('192.0.2.7', ''), likeness('', '4:00ff'), likeness('', '4:00fe')]).size,
  ).toBe(4);
});
