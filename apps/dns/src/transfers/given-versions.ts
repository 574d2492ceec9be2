import type { TransferRequest } from '@lxdm/nameserver';
import { canonicalAddress } from './transfer-access';

/** Secondaries are few; the one that was silent longest is forgotten first. */
const MOST_CLIENTS = 1_000;

/** Who asks for a transfer. */
type Client = Pick<TransferRequest, 'sender' | 'key' | 'protocol'>;

/**
 * Which version of each zone a client got of this process last. Signatures by ECDSA are others each time they are made: two processes
 * that serve the same serial hold others, so that what changed since a serial is true only for those who got that serial here.
 */
export class GivenVersions {
  private readonly serials = new Map<string, number>();

  /** The client holds this version from here. */
  note(zone: string, client: Client, serial: number): void {
    // Anybody may have written that address into a datagram.
    if (client.protocol === 'udp' && !client.key) return;
    const key = keyOf(zone, client);
    this.serials.delete(key);
    this.serials.set(key, serial);
    for (const [oldest] of this.serials) {
      if (this.serials.size <= MOST_CLIENTS) return;
      this.serials.delete(oldest);
    }
  }

  /** Whether this is what the client got last. */
  has(zone: string, client: Client, serial: number): boolean {
    return this.serials.get(keyOf(zone, client)) === serial;
  }
}

function keyOf(zone: string, { sender, key }: Client): string {
  return `${canonicalAddress(sender)} ${key?.name.key ?? ''} ${zone}`;
}
