import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { KeyRing, KeyRingError, legacyKeyId, loadKeyRing, newKeyRing, rotatedKeyRing } from './key-ring';

const base64 = (fill: string) => Buffer.from(fill.repeat(32).slice(0, 32)).toString('base64');
const one = `one:${base64('ab')}`;
const two = `two:${base64('cd')}`;
const passphrase = 'aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF3hJ6kM9nP2rS5uV8xA';

function faultOf(text: string): KeyRingError {
  try {
    KeyRing.parse(text, 'db_encrypt');
  } catch (error) {
    if (error instanceof KeyRingError) return error;
    throw error;
  }
  throw new Error('the ring was accepted');
}

describe('a key ring that is accepted', () => {
  it.each([
    ['one line', one, ['one']],
    ['with a line end', `${one}\n`, ['one']],
    ['Windows line ends', `${one}\r\n${two}\r\n`, ['one', 'two']],
    ['blank lines and comments', `# keys\n\n${one}\n\n${two}\n`, ['one', 'two']],
    ['a byte order mark', `\uFEFF${one}\n`, ['one']],
    ['the former passphrase', passphrase, [legacyKeyId]],
    ['the former passphrase and a new key', `${passphrase}\n${one}\n`, [legacyKeyId, 'one']],
  ])('%s', (_, text, ids) => {
    const ring = KeyRing.parse(text);
    expect(ring.keyIds).toEqual(ids);
    expect(ring.sealingKeyId).toBe(ids.at(-1));
    for (const id of ids) expect(ring.key(id)?.symmetricKeySize).toBe(32);
    expect(ring.key('other')).toBeUndefined();
  });

  it('derives the same key from the same passphrase, and another from another', () => {
    const bytes = (text: string) => KeyRing.parse(text).key(legacyKeyId)?.export().toString('hex');
    expect(bytes(passphrase)).toBe(bytes(`${passphrase}\n`));
    expect(bytes(passphrase)).not.toBe(bytes(`${passphrase}x`));
  });
});

describe('a key ring that is refused', () => {
  const secret = base64('hush');
  it.each([
    ['nothing', '', 'empty', undefined],
    ['white space', ' \n\n', 'empty', undefined],
    ['comments only', '# none yet\n', 'empty', undefined],
    ['a short passphrase', 'abc123', 'bad-line', 1],
    ['a passphrase with other characters', `${passphrase}!`, 'bad-line', 1],
    ['a key without its id', secret, 'bad-line', 1],
    ['an empty id', `:${secret}`, 'bad-line', 1],
    ['an id with a dot', `a.b:${secret}`, 'bad-line', 1],
    ['an id with a space', `a b:${secret}`, 'bad-line', 1],
    ['the reserved id', `legacy:${secret}`, 'bad-line', 1],
    ['a short key', `one:${Buffer.from('hushhush').toString('base64')}`, 'bad-line', 1],
    ['a long key', `one:${Buffer.from('hush'.repeat(9)).toString('base64')}`, 'bad-line', 1],
    ['a key cut off', `one:${secret.slice(0, -3)}`, 'bad-line', 1],
    ['a key with a foreign character', `one:${secret.slice(0, 5)}*${secret.slice(6)}`, 'bad-line', 1],
    ['a key without padding', `one:${secret.replace('=', '')}`, 'bad-line', 1],
    ['a key of zeros', `one:${Buffer.alloc(32).toString('base64')}`, 'bad-line', 1],
    ['a bad second line', `${one}\n${secret}\n`, 'bad-line', 2],
    ['an id twice', `${one}\n\none:${secret}`, 'duplicate-id', 3],
    ['two passphrases', `${passphrase}\n${passphrase}`, 'duplicate-id', 2],
  ])('%s', (_, text, code, line) => {
    const error = faultOf(text);
    expect([error.code, error.line]).toEqual([code, line]);
    expect(error.message).toContain('db_encrypt');
    if (line !== undefined) expect(error.message).toContain(`line ${line}`);
  });

  it.each([secret, `one:${secret}x`, `hush hush:${secret}`, `${passphrase}!`])(
    'never says what the line says',
    (text) => {
      const said = inspect(faultOf(text));
      for (const part of [secret.slice(0, 12), 'hush', passphrase.slice(0, 12)]) expect(said).not.toContain(part);
    },
  );
});

describe('the ring itself', () => {
  it('shows ids and no key in logs and JSON', () => {
    const ring = KeyRing.parse(`${one}\n${passphrase}`);
    const shown = inspect(ring, { depth: 9, showHidden: true }) + JSON.stringify({ ring });
    expect(shown).toContain('"keyIds":["one","legacy"]');
    for (const part of [base64('ab').slice(0, 12), Buffer.from('abab').toString('hex'), passphrase.slice(0, 12)])
      expect(shown).not.toContain(part);
  });

  it('is made with one fresh key, and grows by one that seals', () => {
    const text = newKeyRing(new Date('2026-03-04T05:06:07Z'));
    expect(text).toMatch(/^k20260304-[0-9a-f]{8}:[A-Za-z0-9+/]{43}=\n$/);
    expect(newKeyRing()).not.toBe(newKeyRing());
    const old = KeyRing.parse(text);
    const grown = KeyRing.parse(rotatedKeyRing(text.trimEnd()));
    expect(grown.keyIds).toHaveLength(2);
    expect(grown.keyIds[0]).toBe(old.sealingKeyId);
    expect(grown.sealingKeyId).toBe(grown.keyIds[1]);
    expect(() => rotatedKeyRing('')).toThrow(KeyRingError);
  });
});

describe('the ring file', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lxdm-key-ring-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it.each([
    ['missing', undefined, 'missing'],
    ['empty', '', 'empty'],
    ['far too large', '#'.repeat(70_000), 'unreadable'],
  ])('%s is an error and stays as it is', async (name, text, code) => {
    const path = join(folder, name);
    if (text !== undefined) await writeFile(path, text);
    await expect(loadKeyRing(path)).rejects.toMatchObject({ name: 'KeyRingError', code });
    await expect(loadKeyRing(path)).rejects.toMatchObject({ code });
  });

  it('a folder in its place is unreadable, and the reason is named', async () => {
    await expect(loadKeyRing(folder)).rejects.toMatchObject({
      code: 'unreadable',
      message: expect.stringContaining('EISDIR') as string,
    });
  });

  it('is read', async () => {
    const path = join(folder, 'db_encrypt');
    await writeFile(path, `${one}\n${two}\n`);
    expect((await loadKeyRing(path)).sealingKeyId).toBe('two');
  });
});
