import { DeliveredKey, editAuthorizedKeys, KeyAccount, keyAccounts, MAX_PASSWD_BYTES } from '@lxdm/domain';
import { isLxdError, SftpSession } from '@lxdm/lxd-client';
import { KeyFile, readKeyFile, readSmall, unfit, writeKeyFile } from './key-file';

/** What a container is to have, and whom to ask before anything is written into it. */
export interface KeyOrder {
  wanted: readonly DeliveredKey[];
  /** The keys that are the manager's in this container, wanted or not. */
  placed: readonly DeliveredKey[];
  /** Called with the keys that will be new, before the first byte is written; throws when it is too late to write. */
  beforeWriting: (added: readonly DeliveredKey[]) => Promise<void>;
}

/** Makes the keys of every account of a container what is wanted: looks at all of them first, then writes where something has to change. */
export async function deliverInto(session: SftpSession, order: KeyOrder): Promise<void> {
  const files: KeyFile[] = [];
  for (const account of await accountsOf(session)) {
    const file = await readKeyFile(session, account);
    if (file) files.push(file);
    else if (account.uid === 0) throw unfit(`${account.home} does not exist.`);
  }
  // Keys are text, files are bytes: both as one character a byte.
  const asBytes = (key: DeliveredKey): DeliveredKey => ({
    ...key,
    publicKey: Buffer.from(key.publicKey, 'utf8').toString('latin1'),
  });
  const keys = { wanted: order.wanted.map(asBytes), placed: order.placed.map(asBytes) };
  const edits = files.map((file) => ({ file, ...editAuthorizedKeys(file.content, keys) }));
  const added = new Set(edits.flatMap((edit) => edit.added));
  const changes = edits.filter((edit) => edit.changed);
  if (changes.length === 0) return;
  await order.beforeWriting(order.wanted.filter((key) => added.has(key.fingerprint)));
  for (const { file, content } of changes) await writeKeyFile(session, file, content);
}

/** Root, and the image's user. Who makes /etc/passwd unreadable has root alone served. */
async function accountsOf(session: SftpSession): Promise<KeyAccount[]> {
  try {
    return keyAccounts((await readSmall(session, '/etc/passwd', MAX_PASSWD_BYTES))?.toString('latin1') ?? '');
  } catch (error) {
    if (isLxdError(error, 'bad-request')) return keyAccounts('');
    throw error;
  }
}
