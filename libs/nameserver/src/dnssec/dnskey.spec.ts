import { verify } from 'node:crypto';
import { Name } from '../name';
import { rdataText } from '../records/rdata-text';
import { RrType } from '../rr-type';
import { Rrset } from '../rrset';
import { dnskeyPublicKey, dnskeyRdata, dsRdata, generateZoneKey, keyTag } from './dnskey';
import { rrsigHead, signedOctets } from './rrsig';
import { SigningKey } from './signing-key';

/** The example of RFC 6605 §6.1. */
const zone = Name.parse('example.net.');
const dnskey = Buffer.concat([
  Uint8Array.of(1, 1, 3, 13),
  Buffer.from('GojIhhXUN/u4v54ZQqGSnyhWJwaubCvTmeexv7bR6edbkrSqQpF64cYbcB7wNcP+e+MAnLr+Wi9xMWyQLc8NAA==', 'base64'),
]);
const signature = Buffer.from(
  'qx6wLYqmh+l9oCKTN6qIc+bw6ya+KJ8oMz0YP107epXAyGmt+3SNruPFKG7tZoLBLlUzGGus7ZwmwWep666VCw==',
  'base64',
);
const seconds = (text: string): number => Date.parse(text) / 1_000;

it('reckons key tag and DS of the key of RFC 6605', () => {
  expect(keyTag(dnskey)).toBe(55_648);
  expect(rdataText(RrType.DS, dsRdata(zone, dnskey))).toBe(
    '55648 13 2 b4c8c1fe2e7477127b27115656ad6256f424625bf5c1e2770ce6d6e37df61d17',
  );
  expect(dnskeyRdata(dnskeyPublicKey(dnskey))).toEqual(dnskey);
});

it('signs the very octets that RFC 6605 has a signature of', () => {
  const rrset = new Rrset(Name.parse('WWW.example.net.'), RrType.A, 3_600, [Buffer.of(192, 0, 2, 1)]);
  const window = { inception: seconds('2010-08-12T10:04:39Z'), expiration: seconds('2010-09-09T10:04:39Z') };
  const data = signedOctets(rrsigHead(rrset, 55_648, zone, window), rrset);
  const key = { key: dnskeyPublicKey(dnskey), dsaEncoding: 'ieee-p1363' as const };
  expect(verify('sha256', data, key, signature)).toBe(true);
  const changed = signedOctets(rrsigHead(rrset, 55_649, zone, window), rrset);
  expect(verify('sha256', changed, key, signature)).toBe(false);
});

it('makes keys that verify what they sign', async () => {
  const made = generateZoneKey();
  const key = SigningKey.open(made.dnskey, made.privateKey, 'active');
  const data = Buffer.from('data');
  const signed = await key.sign(data);
  expect(signed).toHaveLength(64);
  expect(verify('sha256', data, { key: dnskeyPublicKey(made.dnskey), dsaEncoding: 'ieee-p1363' }, signed)).toBe(true);
  expect(JSON.stringify(key)).toBe(JSON.stringify({ tag: keyTag(made.dnskey), role: 'active' }));
});

it('refuses a private key that is not the published one, and records that are no such key', () => {
  const [one, other] = [generateZoneKey(), generateZoneKey()];
  expect(() => SigningKey.open(one.dnskey, other.privateKey, 'active')).toThrow(TypeError);
  expect(() => dnskeyPublicKey(Buffer.concat([Uint8Array.of(1, 1, 3, 8), dnskey.subarray(4)]))).toThrow(TypeError);
  expect(() => dnskeyPublicKey(dnskey.subarray(0, 40))).toThrow(TypeError);
});
