/** A key as it is delivered: its fingerprint, and its line without options and without an end. */
export interface DeliveredKey {
  fingerprint: string;
  publicKey: string;
}

/** What an authorized_keys file has to become. */
export interface KeyWish {
  /** The keys that have to open the account. */
  wanted: readonly DeliveredKey[];
  /** The keys that the manager put there before, wanted or not: only these may be taken out. */
  placed: readonly DeliveredKey[];
}

/** The file as it has to be, and what that means. */
export interface KeyEdit {
  content: string;
  changed: boolean;
  /** Fingerprints of the keys that open the account by this edit and did not before. */
  added: string[];
  /** Fingerprints of the keys that were taken out. */
  removed: string[];
}

/** A larger file is not read and not written: no team has that many keys, and nobody is to make us carry it around. */
export const MAX_AUTHORIZED_KEYS_BYTES = 256 * 1024;

/** A line that grants a key without conditions (sshd(8), "AUTHORIZED_KEYS FILE FORMAT"): type, base64, and what follows. */
const PLAIN_LINE = /^[ \t]*((?:ssh|ecdsa|sk)-[a-z0-9@.-]+)[ \t]+([A-Za-z0-9+/]+)={0,2}(?:\s|$)/;

/** What cloud-init writes before the keys that it was given, where its image says `disable_root: true`: root is refused by it. */
const CLOUD_INIT_REFUSAL =
  /^no-port-forwarding,no-agent-forwarding,no-X11-forwarding,command="echo 'Please login as the user \\"[^"\\]{1,64}\\" rather than the user \\"[^"\\]{1,64}\\"\.';echo;sleep 10(?:;exit 142)?"[ \t]+(?=(?:ssh|ecdsa|sk)-)/;

/**
 * Brings an authorized_keys file to what is wanted. Both texts are bytes, one a character (latin1), so that a foreign line stays what it
 * is, whatever it holds. Of a key, a line without options is taken for the manager's if the manager placed that key; every other line,
 * lines with options included, is somebody else's.
 */
export function editAuthorizedKeys(content: string, keys: KeyWish): KeyEdit {
  const wanted = new Map(keys.wanted.flatMap((key) => withIdentity(key)));
  const placed = new Map(keys.placed.flatMap((key) => withIdentity(key)));
  const there = new Set<string>();
  const removed = new Set<string>();
  const allowed: string[] = [];
  const kept: string[] = [];
  for (const line of linesOf(content)) {
    const refusal = CLOUD_INIT_REFUSAL.exec(line)?.[0] ?? '';
    const plain = line.slice(refusal.length);
    const identity = identityOf(plain);
    const [wish, ours] = identity === undefined ? [] : [wanted.get(identity), placed.get(identity)];
    if (identity !== undefined && wish) {
      there.add(identity);
      kept.push(plain);
      if (refusal !== '' && !ours) allowed.push(wish.fingerprint);
    } else if (ours) removed.add(ours.fingerprint);
    else kept.push(line);
  }
  const missing = [...wanted].filter(([identity]) => !there.has(identity)).map(([, key]) => key);
  const rest = kept.join('');
  const gap = missing.length > 0 && rest !== '' && !rest.endsWith('\n') ? '\n' : '';
  const edited = rest + gap + missing.map((key) => `${key.publicKey}\n`).join('');
  return {
    content: edited,
    changed: edited !== content,
    added: [...allowed, ...missing.map((key) => key.fingerprint)],
    removed: [...removed],
  };
}

/** A key by its identity; one that is not a single plain line would spoil the file, and is left out. */
function withIdentity(key: DeliveredKey): [string, DeliveredKey][] {
  const identity = /[\r\n\0]/.test(key.publicKey) ? undefined : identityOf(key.publicKey);
  return identity === undefined ? [] : [[identity, key]];
}

/** Type and base64 of a line that grants a key without conditions; undefined for any other line. */
function identityOf(line: string): string | undefined {
  const found = PLAIN_LINE.exec(line);
  return found ? `${found[1]} ${found[2]}` : undefined;
}

/** Lines with their ends, so that they can be put together again as they were. */
function linesOf(content: string): string[] {
  return content.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}
