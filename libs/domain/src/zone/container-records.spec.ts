import { containerRrsets } from './container-records';

it('has its addresses by family, in the given order, and what its host keys look like', () => {
  const hostKeys = '4:00ff 1:aa';
  expect(containerRrsets({ name: 'web1', addresses: '2001:db8::7 192.0.2.7 192.0.2.8', hostKeys })).toEqual([
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
  expect(containerRrsets({ name: 'web1', addresses: '', hostKeys: '' })).toEqual([]);
});
