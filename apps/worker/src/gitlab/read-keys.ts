import { parseSshPublicKey, SshKeyError } from '@lxdm/crypto';
import type { GitlabKeyRow } from '@lxdm/entities';
import type { GitlabKey } from '@lxdm/gitlab';
import { storable } from '../storable';

/** More keys of one person than this are not kept: they would be written into every container of theirs. */
const MOST_KEYS = 100;
/** More than this many are not named one by one. */
const MOST_NAMED = 5;

/** Keys that are fit to be placed, and which ones were left out, in words for their owner. */
export interface ReadKeys {
  rows: GitlabKeyRow[];
  note: string | null;
}

/** Reads GitLab's keys as strictly as pasted ones: GitLab takes more types than OpenSSH does, and its text is foreign text. */
export function readKeys(keys: readonly GitlabKey[]): ReadKeys {
  const rows = new Map<string, GitlabKeyRow>();
  const left: string[] = [];
  for (const key of keys) {
    const row = read(key);
    if (typeof row === 'string') left.push(`"${titleOf(key)}" was left out: ${row}`);
    else if (rows.size < MOST_KEYS || rows.has(row.fingerprint)) rows.set(row.fingerprint, row);
    else left.push(`"${titleOf(key)}" was left out: at most ${MOST_KEYS} keys of one person are placed.`);
  }
  const more = left.length > MOST_NAMED ? [`${left.length - MOST_NAMED} more keys were left out.`] : [];
  const note = [...left.slice(0, MOST_NAMED), ...more].join(' ');
  return { rows: [...rows.values()], note: note === '' ? null : note };
}

function read(key: GitlabKey): GitlabKeyRow | string {
  try {
    const { type, line, comment, fingerprint } = parseSshPublicKey(key.key);
    return { type, publicKey: line, comment: comment || titleOf(key), fingerprint, expiresAt: key.expiresAt };
  } catch (error) {
    if (error instanceof SshKeyError) return error.message;
    throw error;
  }
}

/** A title is anybody's text: one line without anything invisible, and not too long. */
function titleOf(key: GitlabKey): string {
  const line = key.title.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}"]+/gu, ' ').trim();
  return storable(line.slice(0, 60));
}
