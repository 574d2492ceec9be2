import { Injectable } from '@nestjs/common';

/** How long a container that runs without its address is looked at often, in milliseconds. */
const PATIENCE_MS = 60_000;

/**
 * Which hosts are worth scanning often, because a container there runs and has no address yet: no LXD event says that one came.
 * After a minute the ordinary scans have to do.
 */
@Injectable()
export class AddressWatch {
  private readonly since = new Map<string, Map<string, number>>();

  /** The clock, in milliseconds; a test brings its own. */
  now: () => number = () => performance.now();

  /** Takes the containers of a host that lack an address at the moment. */
  update(hostId: string, lacking: readonly string[]): void {
    const before = this.since.get(hostId);
    if (lacking.length === 0) this.since.delete(hostId);
    else this.since.set(hostId, new Map(lacking.map((id) => [id, before?.get(id) ?? this.now()])));
  }

  /** True while one of the host's containers lacks its address and has not done so for too long. */
  isDue(hostId: string): boolean {
    const now = this.now();
    return [...(this.since.get(hostId)?.values() ?? [])].some((since) => now - since < PATIENCE_MS);
  }
}
