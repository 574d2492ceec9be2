import { isIPv4, isIPv6 } from 'node:net';

/** The four octets of a dotted-quad address, or undefined if the text is none. */
export function ipv4Octets(text: string): Buffer | undefined {
  return isIPv4(text) ? Buffer.from(text.split('.').map(Number)) : undefined;
}

/** The sixteen octets of an IPv6 address (RFC 4291 §2.2, an IPv4 tail included), or undefined if the text is none. */
export function ipv6Octets(text: string): Buffer | undefined {
  if (!isIPv6(text) || text.includes('%')) return undefined;
  const octets = Buffer.alloc(16);
  const gap = text.indexOf('::');
  if (gap < 0) {
    writeGroups(octets, 0, text);
    return octets;
  }
  writeGroups(octets, 0, text.slice(0, gap));
  const tail = text.slice(gap + 2);
  // What stands after the gap ends at the last octet; an IPv4 tail takes the room of two groups.
  const tailGroups = tail === '' ? 0 : tail.split(':').length + (tail.includes('.') ? 1 : 0);
  writeGroups(octets, 16 - 2 * tailGroups, tail);
  return octets;
}

function writeGroups(octets: Buffer, start: number, text: string): void {
  if (text === '') return;
  let at = start;
  for (const group of text.split(':')) {
    if (group.includes('.')) octets.set(group.split('.').map(Number), at);
    else octets.writeUInt16BE(Number.parseInt(group, 16), at);
    at += 2;
  }
}
