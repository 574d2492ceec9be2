import { createHash, createPublicKey, generateKeyPairSync, KeyObject } from 'node:crypto';
import { Name } from '../name';

/** ECDSA with P-256 and SHA-256 (RFC 6605): small signatures, and required of every validator (RFC 8624 §3.1). */
export const ECDSAP256SHA256 = 13;
/** A zone's key that its parent points at: ZONE and SEP (RFC 4034 §2.1.1). */
const FLAGS = 0x0101;
const PROTOCOL = 3;
/** SHA-256 (RFC 4509). */
const DIGEST_TYPE = 2;
const COORDINATE = 32;
const HEAD = 4;

/** The RDATA of the DNSKEY record of a public key on P-256 (RFC 6605 §4). */
export function dnskeyRdata(publicKey: KeyObject): Buffer {
  const { crv, x = '', y = '' } = publicKey.export({ format: 'jwk' });
  if (crv !== 'P-256') throw new TypeError('a zone is signed with a key on the curve P-256');
  const point = [x, y].map((coordinate) => Buffer.from(coordinate, 'base64url'));
  return Buffer.concat([Uint8Array.of(FLAGS >> 8, FLAGS & 0xff, PROTOCOL, ECDSAP256SHA256), ...point]);
}

/** The public key of a DNSKEY record of algorithm 13, or a TypeError. */
export function dnskeyPublicKey(rdata: Uint8Array): KeyObject {
  if (rdata.length !== HEAD + 2 * COORDINATE || rdata[2] !== PROTOCOL || rdata[3] !== ECDSAP256SHA256)
    throw new TypeError('this is no DNSKEY of algorithm 13');
  const [x, y] = [HEAD, HEAD + COORDINATE].map((at) =>
    Buffer.from(rdata.subarray(at, at + COORDINATE)).toString('base64url'),
  );
  return createPublicKey({ key: { kty: 'EC', crv: 'P-256', x: x ?? '', y: y ?? '' }, format: 'jwk' });
}

/** The tag that signatures and DS records call a key by (RFC 4034 appendix B). */
export function keyTag(rdata: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < rdata.length; i++) sum += i & 1 ? (rdata[i] as number) : (rdata[i] as number) << 8;
  return (sum + (sum >>> 16)) & 0xffff;
}

/** The RDATA of the DS record by which the parent zone vouches for a key (RFC 4034 §5.1.4 with SHA-256, RFC 4509). */
export function dsRdata(zone: Name, dnskey: Uint8Array): Buffer {
  const digest = createHash('sha256').update(Buffer.from(zone.key, 'latin1')).update(dnskey).digest();
  const tag = keyTag(dnskey);
  return Buffer.concat([Uint8Array.of(tag >> 8, tag & 0xff, dnskey[3] ?? 0, DIGEST_TYPE), digest]);
}

/** A new key: its DNSKEY record, and its private part in PKCS #8, which is to be kept sealed. */
export function generateZoneKey(): { dnskey: Buffer; privateKey: Buffer } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { dnskey: dnskeyRdata(publicKey), privateKey: privateKey.export({ format: 'der', type: 'pkcs8' }) };
}
