import { addressBehind, ZoneApex } from '@lxdm/domain';
import type { UpdateScope } from '@lxdm/entities/zones';
import { canonicalName, UpdateMessage } from '@lxdm/nameserver';
import { namesOf } from './update-decision';

/** What has to be read for an update: the records of its names, and the containers that have a say at them. */
export function scopeOf(
  apex: Pick<ZoneApex, 'zone'>,
  zone: { name: string; cidr: string | null },
  message: UpdateMessage,
): UpdateScope {
  const owners = namesOf(message).map(canonicalName);
  const suffix = `.${apex.zone}`;
  const isForward = zone.name === apex.zone;
  const { name, cidr } = zone;
  return {
    zone: name,
    owners,
    containers: isForward
      ? owners.filter((owner) => owner.endsWith(suffix)).map((owner) => owner.slice(0, -suffix.length))
      : [],
    addresses: cidr === null ? [] : owners.flatMap((owner) => addressBehind(owner, { name, cidr }) ?? []),
  };
}
