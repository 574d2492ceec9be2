import { FingerprintError, formatFingerprint, normalFingerprint, sameFingerprint } from './fingerprint';

const hex = '0a1b2c3d4e5f60718293a4b5c6d7e8f9'.repeat(2);
const pairs = (hex.toUpperCase().match(/../g) ?? []).join(':');

it.each([
  ['as stored', hex],
  ['in capitals', hex.toUpperCase()],
  ['in pairs', pairs],
  ['with spaces', ` ${pairs.replaceAll(':', ' ')}\n`],
  ['as openssl prints it', `sha256 Fingerprint=${pairs}`],
  ['as older openssl prints it', `SHA256 Fingerprint=${pairs}\n`],
  ['with a prefix', `sha256:${hex}`],
])('is read %s', (_, text) => {
  expect(normalFingerprint(text)).toBe(hex);
  expect(formatFingerprint(text)).toBe(pairs);
  expect(sameFingerprint(text, hex)).toBe(true);
});

it.each([
  ['nothing', ''],
  ['twelve digits', hex.slice(0, 12)],
  ['SHA-1', hex.slice(0, 40)],
  ['a digit less', hex.slice(1)],
  ['a digit more', `${hex}0`],
  ['other letters', hex.replace('a', 'g')],
  ['an SSH fingerprint', 'SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU'],
  ['megabytes', hex.repeat(100_000)],
])('is refused: %s', (_, text) => {
  expect(() => normalFingerprint(text)).toThrow(FingerprintError);
  expect(sameFingerprint(text, hex)).toBe(false);
  expect(sameFingerprint(text, text)).toBe(false);
});

it('differs in any digit', () => {
  for (let at = 0; at < hex.length; at += 1) {
    const changed = hex.slice(0, at) + (hex[at] === '0' ? '1' : '0') + hex.slice(at + 1);
    expect(sameFingerprint(hex, changed)).toBe(false);
  }
});
