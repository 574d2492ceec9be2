/**
 * Reads an absolute domain name for a setting, such as `ct.example.org.`; the final dot may be left out.
 * @returns the name in lower case with its final dot, or undefined when it is not a host name (RFC 1123 §2.1)
 */
export function absoluteName(text: string): string | undefined {
  const name = text.toLowerCase().replace(/\.$/, '');
  if (name.length === 0 || name.length > 253) return undefined;
  const labels = name.split('.');
  return labels.every((label) => /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/.test(label)) ? `${name}.` : undefined;
}

/** The fully qualified name of a container, without the final dot. */
export function fqdnOf(name: string, zone: string): string {
  return `${name.toLowerCase()}.${zone.replace(/\.$/, '')}`;
}
