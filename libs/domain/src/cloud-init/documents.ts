import { stringify } from 'yaml';

/** A pair of SSH host keys as text, as sshd keeps them. */
export interface HostKeyPair {
  type: 'ed25519' | 'ecdsa' | 'rsa';
  privateKey: string;
  publicKey: string;
}

/**
 * user-data: who may log in (cloud-init module "SSH").
 * Built by a YAML library from data: a comment with a quote or a backslash stays a comment.
 */
export function userData(authorizedKeys: readonly string[]): string {
  return cloudConfig({ ssh_authorized_keys: [...authorizedKeys] });
}

/** vendor-data: the host keys that the manager keeps, so that they survive a rebuild or a move (cloud-init module "SSH", ssh_keys). */
export function vendorData(fqdn: string, keys: readonly HostKeyPair[]): string {
  const sshKeys: Record<string, string> = {};
  for (const key of keys) {
    sshKeys[`${key.type}_private`] = key.privateKey;
    sshKeys[`${key.type}_public`] = key.publicKey;
  }
  return cloudConfig({ fqdn, prefer_fqdn_over_hostname: false, ssh_deletekeys: true, ssh_keys: sshKeys });
}

/** network-config version 1: eth0 by DHCP behind the host's NAT, eth1 on the public network with SLAAC (cloud-init "Networking config Version 1"). */
export function networkConfig(hwaddr: { eth0: string; eth1: string }): string {
  return stringify({
    version: 1,
    config: [
      { type: 'physical', name: 'eth0', mac_address: hwaddr.eth0, subnets: [{ type: 'dhcp' }] },
      { type: 'physical', name: 'eth1', mac_address: hwaddr.eth1, subnets: [{ type: 'ipv6_slaac' }] },
    ],
  });
}

function cloudConfig(document: object): string {
  return `#cloud-config\n${stringify(document, { lineWidth: 0 })}`;
}
