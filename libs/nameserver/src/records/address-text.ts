/** Dotted quad. */
export function ipv4Text(octets: Uint8Array): string {
  return octets.join('.');
}

/** The text of an IPv6 address that RFC 5952 §4 recommends: lower case, the longest run of noughts (the first of equals) left out. */
export function ipv6Text(octets: Uint8Array): string {
  const groups = Array.from({ length: 8 }, (_, index) =>
    (((octets[2 * index] as number) << 8) | (octets[2 * index + 1] as number)).toString(16),
  );
  let start = 0;
  let length = 0;
  for (let at = 0; at < 8; at++) {
    let run = 0;
    while (groups[at + run] === '0') run += 1;
    if (run > length) [start, length] = [at, run];
  }
  // §4.2.2: a single group of noughts is not shortened.
  if (length < 2) return groups.join(':');
  return `${groups.slice(0, start).join(':')}::${groups.slice(start + length).join(':')}`;
}
