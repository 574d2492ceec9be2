import { inspect } from 'node:util';
import { KeyRing, newKeyRing, rotatedKeyRing } from './key-ring';
import { keyIdOf, open, openText, reseal, seal, SealBrokenError, type SealContext, UnknownKeyError } from './seal';

const text = newKeyRing();
const ring = KeyRing.parse(text);
const home: SealContext = { table: 'host', column: 'password', row: '7' };

describe('a sealed secret', () => {
  it.each([
    ['text', 'secret'],
    ['empty', ''],
    ['Unicode', 'pässwörd \u{1F511}'],
    ['controls', 'a\0b\nc'],
    ['a megabyte', 'x'.repeat(1 << 20)],
  ])('opens where it was sealed: %s', (_, plaintext) => {
    expect(openText(ring, home, seal(ring, home, plaintext))).toBe(plaintext);
  });

  it('keeps bytes that are no text', () => {
    const bytes = Buffer.from([0, 255, 128, 10]);
    expect(open(ring, home, seal(ring, home, bytes)).equals(bytes)).toBe(true);
  });

  it('carries version, key id and a fresh nonce, and nothing of the plaintext', () => {
    const tokens = Array.from({ length: 500 }, () => seal(ring, home, 'same secret'));
    expect(tokens[0]).toMatch(/^v1\.k\d{8}-[0-9a-f]{8}\.[A-Za-z0-9_-]{16}\.[A-Za-z0-9_-]{36}$/);
    expect(new Set(tokens.map((token) => token.split('.')[2])).size).toBe(500);
    expect(new Set(tokens.map((token) => token.split('.')[3])).size).toBe(500);
    expect(keyIdOf(tokens[0] ?? '')).toBe(ring.sealingKeyId);
  });
});

describe('a sealed secret in another place', () => {
  it.each<[string, SealContext, SealContext]>([
    ['another row', home, { ...home, row: '8' }],
    ['another column', home, { ...home, column: 'token' }],
    ['another table', home, { ...home, table: 'hosts' }],
    ['another case', home, { ...home, table: 'Host' }],
    ['a colon moved', { table: 'a:b', column: 'c', row: 'd' }, { table: 'a', column: 'b:c', row: 'd' }],
    ['a quote moved', { table: 'a","b', column: 'c', row: 'd' }, { table: 'a', column: 'b","c', row: 'd' }],
    ['parts exchanged', { table: 'a', column: 'b', row: 'c' }, { table: 'b', column: 'a', row: 'c' }],
    ['letters moved', { table: 'ab', column: 'c', row: 'd' }, { table: 'a', column: 'bc', row: 'd' }],
  ])('does not open: %s', (_, sealedFor, openedFor) => {
    const token = seal(ring, sealedFor, 'secret');
    expect(openText(ring, sealedFor, token)).toBe('secret');
    expect(() => open(ring, openedFor, token)).toThrow(SealBrokenError);
  });

  it.each([
    ['empty row', { ...home, row: '' }],
    ['no row', { ...home, row: undefined as unknown as string }],
    ['row as a number', { ...home, row: 7 as unknown as string }],
    ['empty table', { ...home, table: '' }],
    ['empty column', { ...home, column: '' }],
  ])('an incomplete place is refused on both sides: %s', (_, context) => {
    expect(() => seal(ring, context, 'secret')).toThrow(TypeError);
    expect(() => open(ring, context, seal(ring, home, 'secret'))).toThrow(TypeError);
  });
});

describe('a sealed secret that was damaged', () => {
  const token = seal(ring, home, 'the secret');
  const [, id = '', nonce = '', body = ''] = token.split('.');

  it('refuses the change of any single character', () => {
    for (let at = 0; at < token.length; at += 1) {
      const other = token[at] === 'A' ? 'B' : 'A';
      const changed = token.slice(0, at) + other + token.slice(at + 1);
      expect(() => open(ring, home, changed)).toThrow(/does not open|holds no sealed secret|not in the key ring/);
    }
  });

  it.each([
    ['nothing', ''],
    ['the plaintext', 'the secret'],
    ['another version', token.replace('v1.', 'v2.')],
    ['no tag', `v1.${id}.${nonce}.`],
    ['a short tag', `v1.${id}.${nonce}.${body.slice(0, 12)}`],
    ['a short nonce', `v1.${id}.${nonce.slice(0, 8)}.${body}`],
    ['a line end', `${token}\n`],
    ['one part more', `${token}.x`],
    ['padding', `${token}=`],
    ['a character after', `${token}A`],
  ])('refuses %s as malformed or false', (_, changed) => {
    expect(() => open(ring, home, changed)).toThrow(SealBrokenError);
  });

  it.each([
    ['cut', `v1.${id}.${nonce}.${body.slice(0, -4)}`],
    ['its tag alone', `v1.${id}.${nonce}.${body.slice(-22)}`],
    ['the nonce of another', `v1.${id}.${seal(ring, home, 'x').split('.')[2]}.${body}`],
  ])('refuses %s', (_, changed) => {
    expect(() => open(ring, home, changed)).toThrow(SealBrokenError);
  });

  it('refuses other spare bits at the end of its base64, which mean the same bytes', () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const twin = token.slice(0, -1) + alphabet[alphabet.indexOf(token.at(-1) ?? '') ^ 1];
    expect(Buffer.from(twin.split('.')[3] ?? '', 'base64url')).toEqual(Buffer.from(body, 'base64url'));
    expect(() => open(ring, home, twin)).toThrow(/holds no sealed secret/);
  });

  it('names the place and says nothing of the secret', () => {
    const said = (() => {
      try {
        return open(ring, { ...home, row: '8' }, token).toString();
      } catch (error) {
        return inspect(error);
      }
    })();
    expect(said).toContain('host.password of row 8');
    for (const part of ['the secret', body, nonce]) expect(said).not.toContain(part);
  });
});

describe('keys come and go', () => {
  const grown = KeyRing.parse(rotatedKeyRing(text));

  it('opens old seals with an added key, and seals with the new one', () => {
    const old = seal(ring, home, 'secret');
    expect(openText(grown, home, old)).toBe('secret');
    const fresh = seal(grown, home, 'secret');
    expect(keyIdOf(fresh)).toBe(grown.sealingKeyId);
    expect(() => open(ring, home, fresh)).toThrow(UnknownKeyError);
    expect(() => open(ring, home, fresh)).toThrow(grown.sealingKeyId);
  });

  it('seals anew only what an older key sealed', () => {
    const old = seal(ring, home, 'secret');
    const renewed = reseal(grown, home, old);
    expect(keyIdOf(renewed)).toBe(grown.sealingKeyId);
    expect(openText(grown, home, renewed)).toBe('secret');
    expect(reseal(grown, home, renewed)).toBe(renewed);
    expect(() => reseal(grown, { ...home, row: '8' }, old)).toThrow(SealBrokenError);
  });

  it('does not take another key under the same id', () => {
    const [id] = text.split(':');
    const impostor = KeyRing.parse(`${id}:${newKeyRing().split(':')[1]}`);
    expect(() => open(impostor, home, seal(ring, home, 'secret'))).toThrow(SealBrokenError);
  });

  it('knows a text that is no seal', () => {
    expect(keyIdOf('plain text')).toBeUndefined();
  });
});
