import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { KeyRing } from './key-ring';

/** The place that a sealed secret belongs to: it opens there and nowhere else. */
export interface SealContext {
  table: string;
  column: string;
  row: string;
}

/** The secret was sealed with a key that this process does not have. */
export class UnknownKeyError extends Error {
  override readonly name = 'UnknownKeyError';
  constructor(
    readonly keyId: string,
    context: SealContext,
  ) {
    super(`${place(context)} was sealed with key ${keyId}, which is not in the key ring`);
  }
}

/** The sealed text is damaged, or was not sealed for this place with this key. */
export class SealBrokenError extends Error {
  override readonly name = 'SealBrokenError';
  constructor(
    readonly reason: 'malformed' | 'not-authentic',
    context: SealContext,
  ) {
    super(
      reason === 'malformed'
        ? `${place(context)} holds no sealed secret`
        : `${place(context)} does not open: it was changed, moved from elsewhere, or sealed with another key`,
    );
  }
}

const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;
const shape = /^v1\.([A-Za-z0-9_-]{1,64})\.([A-Za-z0-9_-]{16})\.([A-Za-z0-9_-]{22,})$/;

function place(context: SealContext): string {
  return `${context.table}.${context.column} of row ${context.row}`;
}

// A JSON array, because "a:b" + "c" and "a" + "b:c" must not be the same place.
function additionalData(context: SealContext): Buffer {
  const parts = [context.table, context.column, context.row];
  // A row without its id yet would seal for the row "undefined".
  if (parts.some((part) => typeof part !== 'string' || part === ''))
    throw new TypeError('A seal needs table, column and row as non-empty strings');
  return Buffer.from(JSON.stringify(parts), 'utf8');
}

/** Seals a secret for one place with the ring's last key: `v1.<key id>.<nonce>.<ciphertext and tag>`. */
export function seal(ring: KeyRing, context: SealContext, plaintext: Buffer | string): string {
  const aad = additionalData(context);
  const key = ring.key(ring.sealingKeyId);
  if (!key) throw new UnknownKeyError(ring.sealingKeyId, context);
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagBytes }).setAAD(aad);
  const bytes = typeof plaintext === 'string' ? Buffer.from(plaintext, 'utf8') : plaintext;
  const sealed = Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
  return `v1.${ring.sealingKeyId}.${nonce.toString('base64url')}.${sealed.toString('base64url')}`;
}

interface Sealed {
  keyId: string;
  nonce: Buffer;
  ciphertext: Buffer;
  tag: Buffer;
}

function split(token: string, context: SealContext): Sealed {
  const [, keyId, nonceText, sealedText] = shape.exec(token) ?? [];
  if (keyId === undefined || nonceText === undefined || sealedText === undefined)
    throw new SealBrokenError('malformed', context);
  const nonce = Buffer.from(nonceText, 'base64url');
  const sealed = Buffer.from(sealedText, 'base64url');
  // One secret, one text: spare bits at the end of base64 are refused.
  if (sealed.toString('base64url') !== sealedText) throw new SealBrokenError('malformed', context);
  return { keyId, nonce, ciphertext: sealed.subarray(0, -tagBytes), tag: sealed.subarray(-tagBytes) };
}

/** Opens what was sealed for that place, or throws UnknownKeyError or SealBrokenError. */
export function open(ring: KeyRing, context: SealContext, token: string): Buffer {
  const aad = additionalData(context);
  const { keyId, nonce, ciphertext, tag } = split(token, context);
  const key = ring.key(keyId);
  if (!key) throw new UnknownKeyError(keyId, context);
  const decipher = createDecipheriv(algorithm, key, nonce, { authTagLength: tagBytes }).setAAD(aad).setAuthTag(tag);
  const plaintext = decipher.update(ciphertext);
  try {
    decipher.final();
  } catch {
    // OpenSSL's own message says nothing more than that the tag differs.
    throw new SealBrokenError('not-authentic', context);
  }
  return plaintext;
}

/** Opens a secret that is text. */
export function openText(ring: KeyRing, context: SealContext, token: string): string {
  return open(ring, context, token).toString('utf8');
}

/** The id of the key that a sealed secret needs, or undefined if the text is no sealed secret. */
export function keyIdOf(token: string): string | undefined {
  return shape.exec(token)?.[1];
}

/** Seals anew with the ring's last key if an older one was used; the same text comes back if there is nothing to do. */
export function reseal(ring: KeyRing, context: SealContext, token: string): string {
  const plaintext = open(ring, context, token);
  return keyIdOf(token) === ring.sealingKeyId ? token : seal(ring, context, plaintext);
}
