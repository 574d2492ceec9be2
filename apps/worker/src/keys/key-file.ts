import { KeyAccount, MAX_AUTHORIZED_KEYS_BYTES } from '@lxdm/domain';
import { LxdError, SftpEntry, SftpOwnership, SftpSession } from '@lxdm/lxd-client';

/** What lies in the place of a file or directory, in words. */
const KIND: Record<SftpEntry['kind'], string> = {
  file: 'a file',
  directory: 'a directory',
  symlink: 'a symbolic link',
  other: 'a pipe, a socket or a device',
};

/** An account's authorized_keys file as it is. */
export interface KeyFile {
  account: KeyAccount;
  /** Bytes, one a character; empty where there is no file. */
  content: string;
  /** Null where there is no file yet. */
  entry: SftpEntry | null;
  hasDirectory: boolean;
}

/** A container that cannot take keys, in words for its users. */
export function unfit(words: string): LxdError {
  return new LxdError('bad-request', words);
}

const directoryOf = (account: KeyAccount): string => `${account.home}/.ssh`;
const pathOf = (account: KeyAccount): string => `${directoryOf(account)}/authorized_keys`;
/** Always of the same name, so that what a crash leaves is overwritten by the next try. */
const draftOf = (account: KeyAccount): string => `${directoryOf(account)}/.authorized_keys.lxd-manager`;

/** Reads a small file; undefined where there is none. A link, a pipe or a directory in its place is refused before it is opened. */
export async function readSmall(session: SftpSession, path: string, maxBytes: number): Promise<Buffer | undefined> {
  const entry = await session.lstat(path);
  if (!entry) return undefined;
  must(path, entry, 'file');
  if (entry.size > maxBytes) throw unfit(`${path} has ${entry.size} bytes; more than ${maxBytes} are not read.`);
  return session.read(path, maxBytes);
}

/** Looks at an account's keys; null for an account without a home, which nobody can log in to. */
export async function readKeyFile(session: SftpSession, account: KeyAccount): Promise<KeyFile | null> {
  const home = await session.lstat(account.home);
  if (!home) return null;
  must(account.home, home, 'directory');
  const directory = await session.lstat(directoryOf(account));
  if (!directory) return { account, content: '', entry: null, hasDirectory: false };
  must(directoryOf(account), directory, 'directory');
  const path = pathOf(account);
  const bytes = await readSmall(session, path, MAX_AUTHORIZED_KEYS_BYTES);
  const entry = bytes ? ((await session.lstat(path)) ?? null) : null;
  return { account, content: bytes?.toString('latin1') ?? '', entry, hasDirectory: true };
}

/**
 * Puts an account's keys in place: written beside, moved over the file in one step, and read again. sshd sees the old file or the new one,
 * and whatever dies in between, the keys that were there stay.
 */
export async function writeKeyFile(session: SftpSession, file: KeyFile, content: string): Promise<void> {
  const { account, entry, hasDirectory } = file;
  const bytes = Buffer.from(content, 'latin1');
  if (bytes.length > MAX_AUTHORIZED_KEYS_BYTES)
    throw unfit(
      `${pathOf(account)} would have ${bytes.length} bytes; more than ${MAX_AUTHORIZED_KEYS_BYTES} are too many.`,
    );
  const own = { uid: account.uid, gid: account.gid };
  if (!hasDirectory) await session.makeDirectory(directoryOf(account), { ...own, mode: 0o700 });
  const draft = draftOf(account);
  await session.remove(draft);
  await session.create(draft, bytes, entry ? kept(entry) : { ...own, mode: 0o600 });
  // A line that somebody added since it was read must not be lost by the move.
  await mustHold(session, account, Buffer.from(file.content, 'latin1'));
  await session.rename(draft, pathOf(account));
  await mustHold(session, account, bytes);
}

async function mustHold(session: SftpSession, account: KeyAccount, bytes: Buffer): Promise<void> {
  const held = (await readSmall(session, pathOf(account), MAX_AUTHORIZED_KEYS_BYTES)) ?? Buffer.alloc(0);
  if (!held.equals(bytes))
    throw new LxdError('busy', `${pathOf(account)} was changed by somebody else while it was written.`);
}

/** Owner and permissions as they were; but sshd takes no file that others may write to (sshd_config(5), StrictModes). */
function kept({ uid, gid, mode }: SftpEntry): SftpOwnership {
  return { uid, gid, mode: (mode & 0o755) | 0o600 };
}

function must(path: string, entry: SftpEntry, kind: 'file' | 'directory'): void {
  if (entry.kind !== kind) throw unfit(`${path} is ${KIND[entry.kind]}; ${KIND[kind]} is needed there.`);
}
