import {
  canonicalAddress,
  containerNameFault,
  JudgedAddress,
  judgeAddresses,
  nameKey,
  SeenAddress,
} from '@lxdm/domain';
import type { Instance, InstanceFull, InstanceState } from '@lxdm/lxd-client';

/** Our mark on an instance. */
export const MARK_ID = 'user.lxd-manager.id';

/** What we take from an instance's configuration. */
export interface InstanceMarks {
  name: string;
  containerId: string | null;
  uuid: string | null;
  image: string | null;
  hwaddrEth0: string | null;
  hwaddrEth1: string | null;
  status: string;
}

/** Reads the marks and identities from an instance's configuration. */
export function marksOf(instance: Instance | InstanceFull): InstanceMarks {
  const config = instance.config;
  return {
    name: instance.name,
    containerId: config[MARK_ID] ?? null,
    uuid: config['volatile.uuid'] ?? null,
    image: config['image.description'] ?? null,
    hwaddrEth0: hwaddrOf(instance, 'eth0'),
    hwaddrEth1: hwaddrOf(instance, 'eth1'),
    status: instance.status,
  };
}

/** Which boot an instance is in: LXD notes when it last started it; the process id tells two starts within one tick of its clock apart. */
export function bootMark(instance: Instance, state: InstanceState | null): string {
  return `${instance.last_used_at} ${state?.pid ?? 0}`;
}

/** More addresses of one container than this are not kept: whoever is root in it can take any number. */
const MOST_ADDRESSES = 32;

/** The addresses that LXD reports for an instance, whatever they are worth; those of eth1, which may be published, first. */
export function addressesOf(state: InstanceState | null | undefined): SeenAddress[] {
  const seen = Object.entries(state?.network ?? {}).flatMap(([name, network]) =>
    (network?.addresses ?? []).flatMap((entry) => {
      const address = canonicalAddress(entry.address);
      const prefixLength = Number(entry.netmask);
      // One odd address must not spoil a scan: it is left out.
      return address && name !== 'lo' && Number.isInteger(prefixLength)
        ? [{ interface: name, address, prefixLength }]
        : [];
    }),
  );
  if (seen.length <= MOST_ADDRESSES) return seen;
  const last = (entry: SeenAddress): number => (entry.interface === 'eth1' ? 0 : 1);
  return seen.sort((a, b) => last(a) - last(b)).slice(0, MOST_ADDRESSES);
}

/** The addresses with our judgement; nothing is published under a name that the zone needs itself or cannot serve. */
export function judge(
  marks: InstanceMarks,
  seen: readonly SeenAddress[],
  subnets: readonly string[],
  adopted: boolean,
): JudgedAddress[] {
  const judged = judgeAddresses(seen, marks.hwaddrEth1, subnets);
  const servable = !adopted || containerNameFault(nameKey(marks.name)) === undefined;
  return servable ? judged : judged.map((address) => ({ ...address, published: false }));
}

/** The hardware address of a network device: its own setting, else the one that LXD chose. */
function hwaddrOf(instance: Instance | InstanceFull, device: string): string | null {
  return (
    instance.expanded_devices?.[device]?.['hwaddr'] ??
    instance.devices[device]?.['hwaddr'] ??
    instance.config[`volatile.${device}.hwaddr`] ??
    null
  );
}
