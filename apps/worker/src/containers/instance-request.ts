import { fqdnOf, HostKeyPair, networkConfig, userData, vendorData } from '@lxdm/domain';
import type { ContainerWork } from '@lxdm/entities';
import type { InstancesPost } from '@lxdm/lxd-client';
import { MARK_ID } from '../hosts/seen-instance';

/** What goes into a new instance besides what the container's row says. */
export interface InstanceSecrets {
  hostKeys: readonly HostKeyPair[];
  authorizedKeys: readonly string[];
  zone: string;
}

/**
 * The request that creates the instance of a container. Marked as ours, so that whoever looks later knows it; with the hardware
 * addresses that we chose, so that its SLAAC address is known before it runs. The documents are cloud-init's, in the `user.*` keys
 * that every image's templates read (LXD "cloud-init").
 */
export function instanceRequest(work: ContainerWork, secrets: InstanceSecrets): InstancesPost {
  const image = work.image ?? '';
  const hwaddr = { eth0: work.hwaddrEth0, eth1: work.hwaddrEth1 };
  return {
    name: work.name,
    type: 'container',
    source: /^[0-9a-f]{64}$/.test(image) ? { type: 'image', fingerprint: image } : { type: 'image', alias: image },
    config: {
      [MARK_ID]: work.id,
      'volatile.eth0.hwaddr': hwaddr.eth0,
      'volatile.eth1.hwaddr': hwaddr.eth1,
      'user.user-data': userData(secrets.authorizedKeys),
      'user.vendor-data': vendorData(fqdnOf(work.name, secrets.zone), secrets.hostKeys),
      'user.network-config': networkConfig(hwaddr),
      ...(work.nesting ? { 'security.nesting': 'true' } : {}),
    },
  };
}
