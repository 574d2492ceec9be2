import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

/** A certificate that vouches for itself, as LXD daemons and clients have it. */
export interface SelfSigned {
  readonly cert: string;
  readonly key: string;
  /** sha256 of the DER, lower hex. */
  readonly fingerprint: string;
}

// RFC 5758 section 3.2 and RFC 5280 appendix A.1.
const ecdsaWithSha384 = [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x03];
const commonNameOid = [0x55, 0x04, 0x03];

/** Makes an EC P-384 key and a certificate for it, fresh at every call, so that no key lies in the repository. */
export function selfSigned(commonName: string): SelfSigned {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' });
  const algorithm = der(0x30, der(0x06, Buffer.from(ecdsaWithSha384)));
  const attribute = der(0x30, der(0x06, Buffer.from(commonNameOid)), der(0x0c, Buffer.from(commonName)));
  const name = der(0x30, der(0x31, attribute));
  const now = Date.now();
  const tbs = der(
    0x30,
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    algorithm,
    name,
    der(0x30, utcTime(new Date(now - 3_600_000)), utcTime(new Date(now + 365 * 86_400_000))),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
  );
  const signature = sign('sha384', tbs, privateKey);
  const certificate = der(0x30, tbs, algorithm, der(0x03, Buffer.concat([Buffer.from([0]), signature])));
  return {
    cert: pem(certificate),
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    fingerprint: createHash('sha256').update(certificate).digest('hex'),
  };
}

/** X.690 section 8.1: tag, length, contents. */
function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const length =
    body.length < 0x80
      ? [body.length]
      : body.length < 0x100
        ? [0x81, body.length]
        : [0x82, body.length >> 8, body.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

function utcTime(time: Date): Buffer {
  const digits = time.toISOString().replace(/[-:T]/g, '').slice(2, 14);
  return der(0x17, Buffer.from(`${digits}Z`));
}

function pem(certificate: Buffer): string {
  const lines = certificate
    .toString('base64')
    .replace(/(.{64})/g, '$1\n')
    .trimEnd();
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
}
