import { Name } from '../name';
import { CLASS_IN } from '../rr-type';
import { Rrset } from '../rrset';
import { canonicalRdatas } from './canonical-rdata';
import { ECDSAP256SHA256 } from './dnskey';
import { SigningKey } from './signing-key';

/** From when to when signatures are good, in seconds since 1970; as serial numbers of 32 bits on the wire (RFC 4034 §3.1.5). */
export interface SignatureWindow {
  readonly inception: number;
  readonly expiration: number;
}

const HEAD = 18;
const FIXED = 10;

/** The RDATA of an RRset's signature. */
export async function rrsigRdata(
  rrset: Rrset,
  key: SigningKey,
  signer: Name,
  window: SignatureWindow,
): Promise<Buffer> {
  const head = rrsigHead(rrset, key.tag, signer, window);
  return Buffer.concat([head, await key.sign(signedOctets(head, rrset))]);
}

/** An RRSIG's RDATA without the signature: what it says of itself, and is signed with the rest (RFC 4034 §3.1). */
export function rrsigHead({ owner, type, ttl }: Rrset, tag: number, signer: Name, window: SignatureWindow): Buffer {
  const head = Buffer.allocUnsafe(HEAD + signer.key.length);
  head.writeUInt16BE(type, 0);
  head[2] = ECDSAP256SHA256;
  head[3] = labelCount(owner);
  head.writeUInt32BE(ttl, 4);
  head.writeUInt32BE(window.expiration >>> 0, 8);
  head.writeUInt32BE(window.inception >>> 0, 12);
  head.writeUInt16BE(tag, 16);
  head.write(signer.key, HEAD, 'latin1');
  return head;
}

/** What is signed: the head, then every record in canonical form and order (RFC 4034 §3.1.8.1). */
export function signedOctets(head: Buffer, { owner, type, ttl, rdatas }: Rrset): Buffer {
  const canonical = canonicalRdatas(type, rdatas);
  const name = owner.key;
  let octets = head.length + canonical.length * (name.length + FIXED);
  for (const rdata of canonical) octets += rdata.length;
  const data = Buffer.allocUnsafe(octets);
  let at = head.copy(data);
  for (const rdata of canonical) {
    at += data.write(name, at, 'latin1');
    at = data.writeUInt16BE(type, at);
    at = data.writeUInt16BE(CLASS_IN, at);
    at = data.writeUInt32BE(ttl, at);
    at = data.writeUInt16BE(rdata.length, at);
    at += rdata.copy(data, at);
  }
  return data;
}

/** Labels without the root and the asterisk of a wildcard, by which a validator knows that an answer was expanded (RFC 4034 §3.1.3). */
function labelCount({ key }: Name): number {
  let labels = key.startsWith('\x01*') ? -1 : 0;
  for (let at = 0; key.charCodeAt(at) > 0; at += 1 + key.charCodeAt(at)) labels += 1;
  return labels;
}
