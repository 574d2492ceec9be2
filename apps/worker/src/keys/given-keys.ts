import { parseSshPublicKey, SshKeyError } from '@lxdm/crypto';
import type { DeliveredKey } from '@lxdm/domain';

/** The longest line of a key that is read, and how many are. */
const KEY = /(?:ssh|ecdsa|sk)-[a-z0-9@.-]{1,40} [A-Za-z0-9+/]{16,4096}={0,2}/g;
const MOST_KEYS = 1_000;

/**
 * The keys in a document of cloud-init. Those of the one that made a container are the manager's for as long as the container lives:
 * when cloud-init runs anew, it puts them there again, and nobody may come back by that who has lost the right.
 */
export function keysOfDocument(text: string): DeliveredKey[] {
  const lines = text.match(KEY) ?? [];
  return lines.slice(0, MOST_KEYS).flatMap((line) => {
    try {
      const { fingerprint } = parseSshPublicKey(line);
      return [{ fingerprint, publicKey: line }];
    } catch (error) {
      if (error instanceof SshKeyError) return [];
      throw error;
    }
  });
}
