import { DeliveredKey, editAuthorizedKeys, KeyAccount, KeyWish, keyAccounts, MAX_PASSWD_BYTES } from '@lxdm/domain';
import type { PlacedDelivery } from '@lxdm/entities';
import { isLxdError, SftpSession } from '@lxdm/lxd-client';
import { KeyFile, readKeyFile, readSmall, unfit, writeKeyFile } from './key-file';

/** What a container is to have, and whom to ask before anything is written into it. */
export interface KeyOrder {
  wanted: readonly DeliveredKey[];
  /** The keys that are the manager's in this container, wanted or not, each in its account. */
  placed: readonly PlacedDelivery[];
  /** Called with the keys that will be new, before the first byte is written; throws when it is too late to write. */
  beforeWriting: (added: readonly PlacedDelivery[]) => Promise<void>;
}

/**
 * Makes the keys of every account of a container what is wanted: looks at all of them first, then writes where something has to change.
 * An account that is served no more, because it has another name by now, loses what was put there.
 * @returns the homes of the accounts that have the keys now
 */
export async function deliverInto(session: SftpSession, order: KeyOrder): Promise<string[]> {
  const accounts = await accountsOf(session);
  const homes = accounts.map(({ home }) => home);
  const files: KeyFile[] = [];
  for (const account of [...accounts, ...left(order.placed, homes)]) {
    const file = await readKeyFile(session, account);
    if (file) files.push(file);
    else if (account.uid === 0 && homes.includes(account.home)) throw unfit(`${account.home} does not exist.`);
  }
  const edits = files.map((file) => ({
    file,
    ...editAuthorizedKeys(file.content, wishFor(file.account.home, homes, order)),
  }));
  const changes = edits.filter((edit) => edit.changed);
  if (changes.length === 0) return homes;
  const isNew = ({ fingerprint }: DeliveredKey, added: readonly string[]): boolean => added.includes(fingerprint);
  await order.beforeWriting(
    edits.flatMap(({ file: { account }, added }) =>
      order.wanted.filter((key) => isNew(key, added)).map((key) => ({ ...key, home: account.home })),
    ),
  );
  for (const { file, content } of changes) await writeKeyFile(session, file, content);
  return homes;
}

/** What one account is to have; keys are text and files are bytes: both as one character a byte. */
function wishFor(home: string, served: readonly string[], { wanted, placed }: KeyOrder): KeyWish {
  const ours = placed.filter((key) => key.home === '' || key.home === home);
  return { wanted: served.includes(home) ? wanted.map(asBytes) : [], placed: ours.map(asBytes) };
}

function asBytes(key: DeliveredKey): DeliveredKey {
  return { ...key, publicKey: Buffer.from(key.publicKey, 'utf8').toString('latin1') };
}

/** The accounts that have keys of ours and are not served any more; nothing is made there, only taken away. */
function left(placed: readonly PlacedDelivery[], served: readonly string[]): KeyAccount[] {
  const homes = new Set(placed.map(({ home }) => home).filter((home) => home !== '' && !served.includes(home)));
  return [...homes].map((home) => ({ name: '', uid: 0, gid: 0, home }));
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
