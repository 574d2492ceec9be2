/**
 * A string that sorts as names do in RFC 4034 §6.1 (labels from the right, octets in lower case, what ends first comes first), from a
 * name key; of names below one apex, whose key's length is given, only what is in front of it.
 */
export function canonicalOrder(key: string, apexOctets = 1): string {
  const end = key.length - apexOctets;
  let order = '';
  for (let at = 0; at < end;) {
    const next = at + 1 + key.charCodeAt(at);
    let label = '';
    for (let i = at + 1; i < next; i++) label += String.fromCharCode(key.charCodeAt(i) + 1);
    order = order === '' ? label : `${label}\0${order}`;
    at = next;
  }
  return order;
}
