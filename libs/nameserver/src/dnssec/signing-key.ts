import { createPrivateKey, createPublicKey, KeyObject, sign } from 'node:crypto';
import { dnskeyRdata, keyTag } from './dnskey';

/**
 * What a key does: `active` signs everything, `standby` and `retired` are published and sign the keys only, so that a chain of
 * trust through any of them holds (RFC 6781 §4.1.2). The parent is asked to point at standby and active ones.
 */
export type KeyRole = 'standby' | 'active' | 'retired';

/** A key that signs a zone; prints as its tag, never as what it is. */
export class SigningKey {
  readonly tag: number;
  readonly #privateKey: KeyObject;

  private constructor(
    readonly dnskey: Buffer,
    readonly role: KeyRole,
    privateKey: KeyObject,
  ) {
    this.tag = keyTag(dnskey);
    this.#privateKey = privateKey;
  }

  /** Takes the DNSKEY record and the private part (PKCS #8), which must belong together. */
  static open(dnskey: Buffer, privateKey: Buffer, role: KeyRole): SigningKey {
    const key = createPrivateKey({ key: privateKey, format: 'der', type: 'pkcs8' });
    if (!dnskeyRdata(createPublicKey(key)).equals(dnskey))
      throw new TypeError('the private key is not that of the DNSKEY record');
    return new SigningKey(dnskey, role, key);
  }

  /** A signature as records have it: both numbers in 32 octets each (RFC 6605 §4). Made beside the event loop. */
  sign(data: Buffer): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      sign('sha256', data, { key: this.#privateKey, dsaEncoding: 'ieee-p1363' }, (error, signature) =>
        error ? reject(error) : resolve(signature),
      );
    });
  }

  /** What a log may see. */
  toJSON(): { tag: number; role: KeyRole } {
    return { tag: this.tag, role: this.role };
  }
}
