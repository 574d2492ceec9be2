/** Octets as a quoted string of a zone file: `\"`, `\\` and `\DDD` for what is not printable ASCII (RFC 1035 §5.1). */
export function quotedText(octets: Uint8Array): string {
  return `"${escapedText(octets)}"`;
}

/** The inside of a quoted string. */
export function escapedText(octets: Uint8Array): string {
  let text = '';
  for (const octet of octets) {
    if (octet < 0x20 || octet > 0x7e) text += `\\${octet.toString().padStart(3, '0')}`;
    else if (octet === 0x22 || octet === 0x5c) text += `\\${String.fromCharCode(octet)}`;
    else text += String.fromCharCode(octet);
  }
  return text;
}
