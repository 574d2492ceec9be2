import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { access, chmod, link, mkdir, open, stat, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';

/** What was found where a private file should be. */
export type FoundFile = { state: 'missing' } | { state: 'fine' | 'tightened' } | { state: 'unusable'; reason: string };

/** Looks at a private file and takes away what others may do with it. */
export async function inspect(path: string): Promise<FoundFile> {
  try {
    const found = await stat(path);
    if (!found.isFile()) return { state: 'unusable', reason: 'is not a file' };
    if (found.size === 0) return { state: 'unusable', reason: 'is empty: restore it from your backup' };
    await access(path, constants.R_OK);
    if ((found.mode & 0o077) === 0) return { state: 'fine' };
    await chmod(path, found.mode & 0o700);
    return { state: 'tightened' };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    if (code === 'ENOENT') return { state: 'missing' };
    return { state: 'unusable', reason: code === 'EPERM' ? 'belongs to somebody else' : `cannot be read (${code})` };
  }
}

/**
 * Writes a file of mode 0600 that is there whole or not at all, also after a crash; never replaces one.
 * @returns false when there was one already
 */
export async function writeOnce(path: string, text: string): Promise<boolean> {
  const draft = `${path}.${randomBytes(6).toString('hex')}.new`;
  const file = await open(draft, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
    await file.close();
    // Not rename, which would replace what another process has made meanwhile.
    await link(draft, path);
    await syncFolder(dirname(path));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await unlink(draft);
  }
}

/** Makes a folder that only its owner may enter; one that exists is tightened where it is ours. */
export async function privateFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  const { mode, uid } = await stat(path);
  // A folder that is mounted from elsewhere keeps its owner's rules; its files are private anyway.
  if ((mode & 0o077) !== 0 && uid === process.getuid?.()) await chmod(path, mode & 0o700);
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
