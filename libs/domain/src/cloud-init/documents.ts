import { stringify } from 'yaml';

/** What may not stand raw in a YAML 1.1 stream, or ends a line there. */
const ESCAPED = /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g;

/** A pair of SSH host keys as text, as sshd keeps them. */
export interface HostKeyPair {
  type: 'ed25519' | 'ecdsa' | 'rsa';
  privateKey: string;
  publicKey: string;
}

/**
 * user-data: who may log in (cloud-init module "SSH"), as root too, whatever the image says of that: the manager's keys open root.
 * Built by a YAML library from data: a comment with a quote or a backslash stays a comment.
 */
export function userData(authorizedKeys: readonly string[]): string {
  return cloudConfig({ disable_root: false, ssh_authorized_keys: [...authorizedKeys] });
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
  return yaml({
    version: 1,
    config: [
      { type: 'physical', name: 'eth0', mac_address: hwaddr.eth0, subnets: [{ type: 'dhcp' }] },
      { type: 'physical', name: 'eth1', mac_address: hwaddr.eth1, subnets: [{ type: 'ipv6_slaac' }] },
    ],
  });
}

function cloudConfig(document: object): string {
  return `#cloud-config\n${yaml(document)}`;
}

/**
 * YAML that YAML 1.1 (PyYAML, which cloud-init reads with) and 1.2 understand alike: every text in double quotes on one line, so that
 * no `yes`, `12:30` or `1_000` turns into something else, and what PyYAML refuses or takes for a line break escaped (YAML 1.1 §4.1, §4.2).
 */
function yaml(document: object): string {
  const text = stringify(document, {
    lineWidth: 0,
    defaultKeyType: 'PLAIN',
    defaultStringType: 'QUOTE_DOUBLE',
    doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER,
  });
  return text.replace(ESCAPED, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
