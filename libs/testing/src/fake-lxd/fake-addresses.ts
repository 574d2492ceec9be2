import { createHash } from 'node:crypto';
import { expandedDevices, hwaddrOf, type FakeInstance } from './fake-instance';

interface WireAddress {
  family: 'inet' | 'inet6';
  address: string;
  netmask: string;
  scope: 'global' | 'link' | 'local';
}

/** What the fake's networks look like. */
export interface FakeNetworks {
  /** First four groups of the /64 that is advertised on eth1, like 2001:db8:100:0. */
  readonly prefix: string;
  /** First three numbers of the NAT network of eth0, like 10.77.1. */
  readonly intern: string;
  /** Milliseconds from a start to the addresses of eth0 and eth1. */
  readonly addressDelayMs: number;
}

/** `network` of the state of a running container, in the shape that LXD has. */
export function networkState(instance: FakeInstance, networks: FakeNetworks): Record<string, unknown> {
  const up = Date.now() - (instance.startedAt ?? Number.POSITIVE_INFINITY) >= networks.addressDelayMs;
  const interfaces: Record<string, unknown> = {
    lo: interfaceState('', '', 65_536, 'loopback', [
      { family: 'inet', address: '127.0.0.1', netmask: '8', scope: 'local' },
      { family: 'inet6', address: '::1', netmask: '128', scope: 'local' },
    ]),
  };
  for (const [device, settings] of Object.entries(expandedDevices(instance))) {
    if (settings['type'] !== 'nic') continue;
    const mac = hwaddrOf(instance, device);
    const name = settings['name'] ?? device;
    const link: WireAddress = { family: 'inet6', address: eui64('fe80:0:0:0', mac), netmask: '64', scope: 'link' };
    const host = `veth${createHash('sha256').update(`${instance.uuid}${device}`).digest('hex').slice(0, 8)}`;
    const rest = up ? addressesOf(instance, name, mac, networks) : [];
    interfaces[name] = interfaceState(mac, host, 1500, 'broadcast', [...rest, link]);
  }
  return interfaces;
}

/** RFC 4291 appendix A: the address that SLAAC makes of a MAC, in the short form of RFC 5952. */
export function eui64(prefix: string, mac: string): string {
  const bytes = mac.split(':').map((text) => Number.parseInt(text, 16));
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = bytes;
  const groups = [((a ^ 2) << 8) | b, (c << 8) | 0xff, 0xfe00 | d, (e << 8) | f];
  const all = [...prefix.split(':').map((text) => Number.parseInt(text, 16)), ...groups];
  return new URL(`http://[${all.map((group) => group.toString(16)).join(':')}]/`).hostname.slice(1, -1);
}

function addressesOf(instance: FakeInstance, name: string, mac: string, networks: FakeNetworks): WireAddress[] {
  const found: WireAddress[] = [];
  if (name === 'eth0') {
    const last = (Number.parseInt(mac.slice(-2), 16) % 250) + 2;
    found.push({ family: 'inet', address: `${networks.intern}.${last}`, netmask: '24', scope: 'global' });
  }
  if (name === 'eth1') {
    for (const address of staticAddresses(instance)) {
      found.push({ family: 'inet', address, netmask: '24', scope: 'global' });
    }
    if (instance.getsAddress) {
      found.push({ family: 'inet6', address: eui64(networks.prefix, mac), netmask: '64', scope: 'global' });
    }
  }
  for (const entry of instance.liveAddresses.get(name) ?? []) {
    const [address = '', netmask = ''] = entry.split('/');
    found.push({ family: address.includes(':') ? 'inet6' : 'inet', address, netmask, scope: 'global' });
  }
  return found;
}

/** What cloud-init would configure: the IPv4 addresses that the network document names. */
function staticAddresses(instance: FakeInstance): string[] {
  const text = instance.config['user.network-config'] ?? instance.config['cloud-init.network-config'] ?? '';
  return Array.from(text.matchAll(/address:\s*['"]?(\d+\.\d+\.\d+\.\d+)/g), (match) => match[1] ?? '');
}

function interfaceState(
  hwaddr: string,
  hostName: string,
  mtu: number,
  type: string,
  addresses: readonly WireAddress[],
): Record<string, unknown> {
  const counters = { bytes_received: 0, bytes_sent: 0, packets_received: 0, packets_sent: 0 };
  const errors = { errors_received: 0, errors_sent: 0, packets_dropped_inbound: 0, packets_dropped_outbound: 0 };
  return { addresses, counters: { ...counters, ...errors }, hwaddr, host_name: hostName, mtu, state: 'up', type };
}
