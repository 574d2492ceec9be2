import { nameKey } from '../containers/container-name';

/**
 * Reads an absolute domain name for a setting, such as `ct.example.org.`; the final dot may be left out.
 * @returns the name in lower case with its final dot, or undefined when it is not a host name (RFC 1123 §2.1): an IP address is none
 */
export function absoluteName(text: string): string | undefined {
  const name = nameKey(text).replace(/\.$/, '');
  if (name.length === 0 || name.length > 253) return undefined;
  const labels = name.split('.');
  if (/^\d+$/.test(labels.at(-1) ?? '')) return undefined;
  return labels.every((label) => /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/.test(label)) ? `${name}.` : undefined;
}

/** The fully qualified name of a container, without the final dot. */
export function fqdnOf(name: string, zone: string): string {
  return `${nameKey(name)}.${zone.replace(/\.$/, '')}`;
}
