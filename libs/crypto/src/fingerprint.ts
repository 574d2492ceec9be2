import { secretsEqual } from './token';

/** A text that should have been a SHA-256 certificate fingerprint is none. */
export class FingerprintError extends Error {
  override readonly name = 'FingerprintError';
}

/** A fingerprint as people read it aloud: `0A:1B:…`, the form of openssl and browsers. */
export function formatFingerprint(fingerprint: string): string {
  return (normalFingerprint(fingerprint).toUpperCase().match(/../g) ?? []).join(':');
}

/** A fingerprint as somebody typed or pasted it (colons, spaces, capitals, `sha256 Fingerprint=`) in the stored form. */
export function normalFingerprint(text: string): string {
  const hex = text
    .slice(0, 512)
    .replace(/^\s*sha-?256(\s+fingerprint)?\s*[=:]/i, '')
    .replace(/[\s:]/g, '')
    .toLowerCase();
  if (!/^[0-9a-f]{64}$/.test(hex)) throw new FingerprintError('A SHA-256 fingerprint has 64 hexadecimal digits');
  return hex;
}

/** Whether two fingerprints, in whatever form, are the same; a text that is no fingerprint equals nothing. */
export function sameFingerprint(a: string, b: string): boolean {
  try {
    return secretsEqual(normalFingerprint(a), normalFingerprint(b));
  } catch (error) {
    if (error instanceof FingerprintError) return false;
    throw error;
  }
}
