import { clientKey } from './client-key';

describe('what counts as one client', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1', true],
    ['192.0.2.1', '192.0.2.2', false],
    ['2001:db8:1:2::1', '2001:db8:1:2:ffff::1', true],
    ['2001:db8:1:2::1', '2001:db8:1:3::1', false],
    ['fe80::1%eth0', 'fe80::2%eth1', true],
    ['::1', '127.0.0.1', false],
  ])('%s and %s: %s', (one, other, same) => {
    expect(clientKey(one) === clientKey(other)).toBe(same);
  });
});
