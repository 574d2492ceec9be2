import { isIPv4, isIPv6 } from 'node:net';
import { invalid } from '@lxdm/domain';

/**
 * Networks in the form that Postgres's type cidr takes: an address alone is a network of one, and no host bits are set.
 * @throws DomainError `invalid`
 */
export function networksOf(texts: readonly string[]): string[] {
  return [...new Set(texts.map(networkOf))];
}

function networkOf(text: string): string {
  const [address = '', length, ...rest] = text.trim().split('/');
  const bits = isIPv4(address) ? 32 : isIPv6(address) && !address.includes('%') ? 128 : 0;
  const prefix = length === undefined ? bits : /^\d{1,3}$/.test(length) ? Number(length) : -1;
  if (bits === 0 || rest.length > 0 || prefix < 0 || prefix > bits)
    throw invalid('networks', `"${text.slice(0, 60)}" is no network such as 192.0.2.0/24 or 2001:db8::/32.`);
  if (!isFirstOf(address, prefix, bits === 32))
    throw invalid('networks', `"${text.slice(0, 60)}" names a host in a network; give the network's first address.`);
  return `${address.toLowerCase()}/${prefix}`;
}

/** Whether no bit behind the prefix is set: then nothing below the address lies in the network. */
function isFirstOf(address: string, prefix: number, isV4: boolean): boolean {
  const bytes = isV4 ? address.split('.').map(Number) : bytesOfV6(address);
  return bytes.every((byte, index) => (byte & (0xff >> Math.min(8, Math.max(0, prefix - index * 8)))) === 0);
}

function bytesOfV6(address: string): number[] {
  const url = new URL(`http://[${address}]/`).hostname.slice(1, -1);
  const [head = '', tail] = url.split('::');
  const groups = (text: string): string[] => (text === '' ? [] : text.split(':'));
  const left = groups(head);
  const right = groups(tail ?? '');
  const middle = Array.from({ length: 8 - left.length - right.length }, () => '0');
  return [...left, ...middle, ...right].flatMap((group) => [parseInt(group, 16) >> 8, parseInt(group, 16) & 0xff]);
}
