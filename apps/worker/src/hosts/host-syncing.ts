import { Injectable } from '@nestjs/common';
import { HostScans } from './host-scans';
import { HostWatchers } from './host-watchers';

/** Everything that keeps our picture of the hosts fresh. */
@Injectable()
export class HostSyncing {
  constructor(
    private readonly scans: HostScans,
    private readonly watchers: HostWatchers,
  ) {}

  start(): void {
    this.watchers.start();
  }

  /** Asks for a full look at a host soon: containers, memory, images. */
  request(hostId: string): void {
    this.scans.request(hostId, true);
  }

  /** A host has become trusted, has changed or is gone. */
  async hostChanged(hostId: string): Promise<void> {
    await this.watchers.refresh();
    this.scans.request(hostId, true);
  }

  async close(): Promise<void> {
    this.scans.close();
    await this.watchers.close();
  }
}
