import { mirrorAddress } from './zone-mirror';

it.each([
  ['192.0.2.53', { address: '192.0.2.53', port: 53 }],
  ['192.0.2.53:5300', { address: '192.0.2.53', port: 5300 }],
  ['2001:db8::53', { address: '2001:db8::53', port: 53 }],
  ['[2001:db8::53]:5300', { address: '2001:db8::53', port: 5300 }],
])('reads %s', (text, expected) => {
  expect(mirrorAddress(text)).toEqual(expected);
});

it.each([
  '',
  'ns.example.org',
  '192.0.2',
  '192.0.2.53:',
  '192.0.2.53:0',
  '192.0.2.53:65536',
  '[192.0.2.53]:53',
  '2001:db8::53:x',
  '[2001:db8::53]',
  'fe80::1%eth0',
  '[fe80::1%eth0]:53',
])('refuses %j', (text) => {
  expect(mirrorAddress(text)).toBeUndefined();
});
