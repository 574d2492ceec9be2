import { SocketAddress } from 'node:net';
import type { SecondaryContents } from '@lxdm/entities/zones';
import type { TransferRequest } from '@lxdm/nameserver';

/** What access follows from. */
export interface TransferRights {
  /** What the key that signed a request opens; undefined for one that cannot be opened any more. */
  readonly keyRights: (key: NonNullable<TransferRequest['key']>) => { id: string; mayTransfer: boolean } | undefined;
  readonly secondaries: readonly SecondaryContents[];
}

/** Who asks, or why they get nothing. */
export type TransferAccess =
  | { readonly granted: true; readonly secondaries: readonly SecondaryContents[] }
  | { readonly granted: false; readonly reason: string };

/** A key decides where there is one; without, the address of a secondary that has no key. Pure. */
export function transferAccess(
  { key, sender }: Pick<TransferRequest, 'key' | 'sender'>,
  { keyRights, secondaries }: TransferRights,
): TransferAccess {
  const address = canonicalAddress(sender);
  const here = secondaries.filter((one) => canonicalAddress(one.address) === address);
  if (!key) {
    const unsigned = here.filter(({ tsigKeyId }) => tsigKeyId === null);
    if (unsigned.length > 0) return { granted: true, secondaries: unsigned };
    const reason =
      here.length > 0 ? 'this secondary must sign its requests' : 'no signature, and no secondary has the address';
    return { granted: false, reason };
  }
  const rights = keyRights(key);
  if (!rights?.mayTransfer) return { granted: false, reason: `the key ${key.name.toString()} may not transfer` };
  const keyed = secondaries.filter(({ tsigKeyId }) => tsigKeyId === rights.id);
  const near = keyed.filter((one) => here.includes(one));
  // Behind a translated address a key tells who it is, if only one has it.
  return { granted: true, secondaries: near.length > 0 || keyed.length > 1 ? near : keyed };
}

/** One spelling for each address; what is none stays as it is. */
export function canonicalAddress(text: string): string {
  const [bare = ''] = text.split('%');
  try {
    return new SocketAddress({ address: bare, family: bare.includes(':') ? 'ipv6' : 'ipv4' }).address;
  } catch {
    return text;
  }
}
