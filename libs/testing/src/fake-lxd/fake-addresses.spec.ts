import { eui64 } from './fake-addresses';

describe('eui64', () => {
  it.each([
    ['2001:db8:100:0', '00:16:3e:28:56:b2', '2001:db8:100:0:216:3eff:fe28:56b2'],
    ['fe80:0:0:0', '00:16:3e:ec:79:45', 'fe80::216:3eff:feec:7945'],
    ['fe80:0:0:0', '02:00:00:00:00:01', 'fe80::ff:fe00:1'],
    ['2001:db8:1:2', '10:66:6a:00:00:ff', '2001:db8:1:2:1266:6aff:fe00:ff'],
  ])('%s and %s → %s', (prefix, mac, address) => {
    expect(eui64(prefix, mac)).toBe(address);
  });
});
