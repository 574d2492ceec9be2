/** An account of a container whose authorized_keys file gets the keys. */
export interface KeyAccount {
  name: string;
  uid: number;
  gid: number;
  home: string;
}

/** The users that images of the usual distributions make for whoever logs in first (cloud-init, `system_info: default_user`). */
const IMAGE_USERS: ReadonlySet<string> = new Set([
  ...['almalinux', 'alpine', 'amazon', 'arch', 'azurelinux', 'centos', 'cloud-user', 'core', 'debian', 'ec2-user'],
  ...['fedora', 'freebsd', 'gentoo', 'opensuse', 'oracle', 'opc', 'rhel', 'rocky', 'sles', 'ubuntu', 'voidlinux'],
]);

/** A larger /etc/passwd is not read. */
export const MAX_PASSWD_BYTES = 256 * 1024;

const ROOT: KeyAccount = { name: 'root', uid: 0, gid: 0, home: '/root' };

/**
 * The accounts of a container that get the keys, from its /etc/passwd (passwd(5)): root, and the image's default user. That is uid 1000 if
 * it has the name of one of the usual images and the home that goes with it: a user whom people made themselves is theirs alone.
 */
export function keyAccounts(passwd: string): KeyAccount[] {
  const entries = passwd.split('\n').map(accountOf);
  const root = entries.find((entry) => entry?.uid === 0 && entry.name === 'root') ?? ROOT;
  const user = entries.find((entry) => entry?.uid === 1000);
  const isOfImage = user !== undefined && IMAGE_USERS.has(user.name) && user.home === `/home/${user.name}`;
  return isOfImage ? [root, user] : [root];
}

function accountOf(line: string): KeyAccount | undefined {
  const [name = '', , uid = '', gid = '', , home = ''] = line.split(':');
  const isSound = /^[a-z_][a-z0-9_-]{0,31}$/.test(name) && isId(uid) && isId(gid) && isHome(home);
  return isSound ? { name, uid: Number(uid), gid: Number(gid), home } : undefined;
}

function isId(text: string): boolean {
  return /^[0-9]{1,9}$/.test(text);
}

/** A plain absolute path: whoever is root in the container writes this file. */
function isHome(path: string): boolean {
  return /^(\/[A-Za-z0-9_][A-Za-z0-9._-]{0,63}){1,8}$/.test(path);
}
