import type { Instance, InstanceState } from '@lxdm/lxd-client';
import { addressesOf, judge, marksOf } from './seen-instance';

const SUBNETS = ['2001:db8:100::/64'];
const HWADDR = '00:16:3e:12:34:56';
const OWN = '2001:db8:100:0:216:3eff:fe12:3456';

function instance(given: Partial<Instance>): Instance {
  const base = { name: 'web', status: 'Running', config: {}, devices: {} };
  return { ...base, ...given } as Instance;
}

function state(network: unknown): InstanceState {
  return { network } as InstanceState;
}

describe('marksOf', () => {
  it('reads what an instance of ours carries', () => {
    const config = {
      'user.lxd-manager.id': 'id',
      'volatile.uuid': 'uuid',
      'image.description': 'Debian 12',
      'volatile.eth0.hwaddr': '00:16:3e:00:00:01',
      'volatile.eth1.hwaddr': HWADDR,
    };
    expect(marksOf(instance({ config }))).toEqual({
      name: 'web',
      containerId: 'id',
      uuid: 'uuid',
      image: 'Debian 12',
      hwaddrEth0: '00:16:3e:00:00:01',
      hwaddrEth1: HWADDR,
      status: 'Running',
    });
  });

  it('has nothing to say where an old or foreign instance says nothing', () => {
    expect(marksOf(instance({}))).toMatchObject({
      containerId: null,
      uuid: null,
      image: null,
      hwaddrEth0: null,
      hwaddrEth1: null,
    });
  });

  it.each([
    [
      'of the device after its profiles',
      { expanded_devices: { eth1: { hwaddr: 'a' } }, devices: { eth1: { hwaddr: 'b' } } },
      'a',
    ],
    ['of the device itself', { devices: { eth1: { hwaddr: 'b' } } }, 'b'],
    ['that LXD chose', { expanded_devices: { eth1: { type: 'nic' } } }, 'c'],
  ])('takes the hardware address %s', (_what, given, expected) => {
    const config = { 'volatile.eth1.hwaddr': 'c' };
    expect(marksOf(instance({ config, ...given } as Partial<Instance>)).hwaddrEth1).toBe(expected);
  });
});

describe('addressesOf', () => {
  it.each([
    ['no state', undefined],
    ['no network', state(null)],
    ['an interface without addresses', state({ eth1: { addresses: null }, eth0: null })],
    ['loopback only', state({ lo: { addresses: [{ family: 'inet', address: '127.0.0.1', netmask: '8' }] } })],
  ])('finds none in %s', (_what, given) => {
    expect(addressesOf(given)).toEqual([]);
  });

  it('leaves out what is no address, and keeps the others', () => {
    const odd = ['fe80::1%eth1', '', 'not an address', '1.2.3', '0x7f.1.2.3'].map((address) => ({
      address,
      netmask: '64',
    }));
    const good = { address: OWN.toUpperCase(), netmask: '64' };
    const noPrefix = { address: '192.0.2.1', netmask: 'x' };
    expect(addressesOf(state({ eth1: { addresses: [...odd, noPrefix, good] } }))).toEqual([
      { interface: 'eth1', address: OWN, prefixLength: 64 },
    ]);
  });
});

describe('judge', () => {
  const marks = (name: string, hwaddrEth1: string | null = HWADDR) => ({ ...marksOf(instance({ name })), hwaddrEth1 });
  const seen = [
    { interface: 'eth0', address: OWN, prefixLength: 64 },
    { interface: 'eth1', address: OWN, prefixLength: 64 },
    { interface: 'eth1', address: '2001:db8:100::666', prefixLength: 64 },
    { interface: 'eth1', address: '192.0.2.7', prefixLength: 24 },
  ];
  const published = (name: string, adopted: boolean, hwaddr: string | null = HWADDR): string[] =>
    judge(marks(name, hwaddr), seen, SUBNETS, adopted)
      .filter((address) => address.published)
      .map((address) => `${address.interface} ${address.address}`);

  it('publishes the one address that follows from the hardware address, whatever else the container took', () => {
    expect(published('web', false)).toEqual([`eth1 ${OWN}`]);
  });

  it('publishes nothing without a hardware address', () => {
    expect(published('web', false, null)).toEqual([]);
  });

  it.each(['ns1', 'NS1', 'www', 'localhost', 'xn--web', 'a'])(
    'publishes nothing under %s, which was found on a host',
    (name) => {
      expect(published(name, true)).toEqual([]);
      expect(published('fine', true)).toEqual([`eth1 ${OWN}`]);
    },
  );
});
