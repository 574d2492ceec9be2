import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** A new secret token: the text goes to its owner once, the hash into the database. */
export interface NewToken {
  token: string;
  hash: string;
}

const minBytes = 16;
const minSecretLength = 16;

/** Makes a token of 256 random bits (never under 128) in base64url; the prefix tells people and secret scanners what it is. */
export function newToken(prefix: string, bytes = 32): NewToken {
  if (!/^[a-z][a-z0-9]{1,15}$/.test(prefix))
    throw new RangeError('A token prefix has 2 to 16 lower-case letters and digits');
  if (bytes < minBytes) throw new RangeError('A token has at least 128 random bits');
  const token = `${prefix}_${randomBytes(bytes).toString('base64url')}`;
  return { token, hash: hashToken(token) };
}

/** The form in which a token is stored and looked up: SHA-256 in hex (a random token needs no slow hash). */
export function hashToken(token: string): string {
  return createHash('sha256').update(token, 'utf8').digest('hex');
}

/** Compares two secrets in a time that depends on neither, whatever their lengths. */
export function secretsEqual(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text, 'utf8').digest();
  return timingSafeEqual(digest(a), digest(b));
}

/** The CSRF token of a session: bound to it by HMAC-SHA256, so that no other session's token fits. */
export function csrfToken(secret: string, sessionTokenHash: string): string {
  if (secret.length < minSecretLength) throw new RangeError('The session secret is too short: restore secrets/session');
  // The label keeps this use of the secret apart from any later one.
  return createHmac('sha256', secret).update(`csrf:v1:${sessionTokenHash}`, 'utf8').digest('base64url');
}

/** Whether a request's CSRF token belongs to its session. */
export function verifyCsrfToken(secret: string, sessionTokenHash: string, given: unknown): boolean {
  const expected = csrfToken(secret, sessionTokenHash);
  return typeof given === 'string' && given.length <= 256 && secretsEqual(expected, given);
}
