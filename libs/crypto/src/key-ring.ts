import { createSecretKey, type KeyObject, randomBytes, scryptSync } from 'node:crypto';
import { readFile } from 'node:fs/promises';

/** Why a key ring cannot be used: the file itself, or one of its lines. */
export type KeyRingFault = 'missing' | 'unreadable' | 'empty' | 'bad-line' | 'duplicate-id';

/** The key ring is not usable; the message names the file and the line, never what the line says. */
export class KeyRingError extends Error {
  override readonly name = 'KeyRingError';
  constructor(
    readonly code: KeyRingFault,
    message: string,
    readonly line?: number,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The key id under which a passphrase file of the former LXD Manager joins the ring. */
export const legacyKeyId = 'legacy';

const keyBytes = 32;
const maxRingBytes = 64 * 1024;
const idPattern = /^[A-Za-z0-9_-]{1,64}$/;
const legacyPattern = /^[A-Za-z0-9]{32,1024}$/;
const lineShape = 'expected key-id:base64-of-32-bytes';

/** The keys that open sealed secrets, and the one among them that seals; prints and serialises as key ids only. */
export class KeyRing {
  readonly #keys: ReadonlyMap<string, KeyObject>;
  /** The id of the key that seals: the last line of the file. */
  readonly sealingKeyId: string;

  private constructor(keys: ReadonlyMap<string, KeyObject>, sealingKeyId: string) {
    this.#keys = keys;
    this.sealingKeyId = sealingKeyId;
  }

  /** Reads a ring from its text, or throws a KeyRingError; `source` is the name that errors call it by. */
  static parse(text: string, source = 'key ring'): KeyRing {
    const keys = new Map<string, KeyObject>();
    let last: string | undefined;
    text
      .replace(/^\uFEFF/, '')
      .split('\n')
      .forEach((raw, index) => {
        const line = raw.trim();
        if (line === '' || line.startsWith('#')) return;
        const { id, key } = parseLine(line, index + 1, source);
        if (keys.has(id))
          throw new KeyRingError(
            'duplicate-id',
            `${source}: line ${index + 1} repeats the key id of an earlier line`,
            index + 1,
          );
        keys.set(id, key);
        last = id;
      });
    if (last === undefined)
      throw new KeyRingError(
        'empty',
        `${source} holds no key: restore it from the backup (a new one cannot open what is stored)`,
      );
    return new KeyRing(keys, last);
  }

  /** The ids of all keys, in the order of the file. */
  get keyIds(): readonly string[] {
    return [...this.#keys.keys()];
  }

  /** The key of that id, if the ring has it. */
  key(id: string): KeyObject | undefined {
    return this.#keys.get(id);
  }

  /** What JSON sees of a ring: key ids, no key. */
  toJSON(): { keyIds: readonly string[]; sealingKeyId: string } {
    return { keyIds: this.keyIds, sealingKeyId: this.sealingKeyId };
  }
}

function parseLine(line: string, number: number, source: string): { id: string; key: KeyObject } {
  const bad = (why: string) => new KeyRingError('bad-line', `${source}: line ${number}: ${why}`, number);
  const colon = line.indexOf(':');
  if (colon < 0) {
    if (!legacyPattern.test(line)) throw bad(`no colon; ${lineShape}`);
    return { id: legacyKeyId, key: legacyKey(line) };
  }
  const id = line.slice(0, colon);
  const encoded = line.slice(colon + 1);
  if (!idPattern.test(id)) throw bad('the key id may have 1 to 64 letters, digits, "-" and "_" only');
  if (id === legacyKeyId) throw bad(`the key id "${legacyKeyId}" is reserved for a passphrase without a colon`);
  const bytes = Buffer.from(encoded, 'base64');
  // Node's decoder skips what it does not know; a damaged line must not become another key.
  if (bytes.toString('base64') !== encoded) throw bad(`the key is not valid base64; ${lineShape}`);
  if (bytes.length !== keyBytes) throw bad(`the key has ${bytes.length} bytes instead of ${keyBytes}`);
  if (bytes.every((byte) => byte === bytes[0])) throw bad('the key is one byte repeated, which is no key');
  return { id, key: createSecretKey(bytes) };
}

// A fixed salt, because the file holds nothing but the passphrase: 50 random characters in the former's own instructions.
function legacyKey(passphrase: string): KeyObject {
  return createSecretKey(scryptSync(passphrase, 'lxd-manager/db_encrypt/legacy', keyBytes, { N: 16384, r: 8, p: 1 }));
}

/** Reads the ring from its file; a missing or empty file is an error and is never made anew. */
export async function loadKeyRing(path: string): Promise<KeyRing> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    throw missing
      ? new KeyRingError(
          'missing',
          `${path} is missing: restore it from the backup (a new one cannot open what is stored)`,
        )
      : new KeyRingError(
          'unreadable',
          `${path} cannot be read: ${(cause as NodeJS.ErrnoException).code ?? 'unknown reason'}`,
          undefined,
          { cause },
        );
  }
  if (bytes.length > maxRingBytes) throw new KeyRingError('unreadable', `${path} is too large for a key ring`);
  return KeyRing.parse(bytes.toString('utf8'), path);
}

/** One fresh line for a ring: a key id that sorts by day, and 256 random bits. */
export function newKeyLine(now: Date = new Date()): string {
  const day = now.toISOString().slice(0, 10).replaceAll('-', '');
  return `k${day}-${randomBytes(4).toString('hex')}:${randomBytes(keyBytes).toString('base64')}\n`;
}

/** The text of a new ring with one key: for a first installation only, where nothing is sealed yet. */
export function newKeyRing(now?: Date): string {
  return newKeyLine(now);
}

/** The ring's text with one more key at its end, which seals from then on; refuses a text that is no ring. */
export function rotatedKeyRing(text: string, now?: Date): string {
  KeyRing.parse(text);
  return `${text.replace(/\n*$/, '')}\n${newKeyLine(now)}`;
}
