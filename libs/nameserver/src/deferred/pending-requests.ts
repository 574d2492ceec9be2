import { clientKey } from '../server/client-key';

/** Bounds how many deferred requests are at work, in all and for each client. */
export class PendingRequests {
  private total = 0;
  private readonly perClient = new Map<string, number>();

  constructor(
    private readonly most: number,
    private readonly mostPerClient: number,
  ) {}

  /** How many are at work. */
  get size(): number {
    return this.total;
  }

  /** Notes a request of the client at an address; false when there is no room for one more. */
  begin(sender: string): boolean {
    const client = clientKey(sender);
    const held = this.perClient.get(client) ?? 0;
    if (this.total >= this.most || held >= this.mostPerClient) return false;
    this.total += 1;
    this.perClient.set(client, held + 1);
    return true;
  }

  /** Notes the end of one that began. */
  end(sender: string): void {
    const client = clientKey(sender);
    const held = (this.perClient.get(client) ?? 0) - 1;
    this.total -= 1;
    if (held > 0) this.perClient.set(client, held);
    else this.perClient.delete(client);
  }
}
