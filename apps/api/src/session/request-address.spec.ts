import { inetOf } from './request-address';

it.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['::FFFF:192.0.2.7', '192.0.2.7'],
  ['2001:db8::1', '2001:db8::1'],
  ['fe80::1%eth0', 'fe80::1'],
  ['', null],
  [undefined, null],
  ['unknown', null],
  ['192.0.2.7, 192.0.2.8', null],
])('%j is %j', (given, inet) => expect(inetOf(given)).toBe(inet));
