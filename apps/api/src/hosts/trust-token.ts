import { FingerprintError, normalFingerprint } from '@lxdm/crypto';

/**
 * The fingerprint of the server's certificate that a trust token carries (LXD docs, "Remote API authentication", join tokens): the token is
 * base64 of a JSON object.
 * @returns undefined when the text is no such token
 */
export function fingerprintOfToken(token: string): string | undefined {
  const text = token.trim();
  if (!/^[A-Za-z0-9+/_-]{40,16384}={0,2}$/.test(text)) return undefined;
  const fingerprint = fieldOf(Buffer.from(text, 'base64').toString('utf8'), 'fingerprint');
  if (typeof fingerprint !== 'string') return undefined;
  try {
    return normalFingerprint(fingerprint);
  } catch (error) {
    if (error instanceof FingerprintError) return undefined;
    throw error;
  }
}

function fieldOf(json: string, field: string): unknown {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[field] : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
