import { HostConnection, HostObservationsRepository } from '@lxdm/entities';
import type { LxdEventStream } from '@lxdm/lxd-client';
import { gauge } from '@lxdm/runtime';
import { Injectable, Logger } from '@nestjs/common';
import { HostConnections } from './host-connections';
import { HostScans } from './host-scans';
import { OutsideActs } from './outside-acts';

const REFRESH_MS = 5_000;
const connectedGauge = gauge('lxdm_host_events_connected', 'Whether the event stream of a host is connected.', [
  'host',
]);

/** Hears what happens on every trusted host. An event is a hint that makes a scan sooner; everything is correct without it. */
@Injectable()
export class HostWatchers {
  private readonly log = new Logger(HostWatchers.name);
  private readonly streams = new Map<string, { key: string; stream: LxdEventStream }>();
  private timer: NodeJS.Timeout | undefined;
  private closed = false;

  constructor(
    private readonly hosts: HostObservationsRepository,
    private readonly connections: HostConnections,
    private readonly scans: HostScans,
    private readonly acts: OutsideActs,
  ) {}

  start(): void {
    this.acts.start();
    void this.refresh();
  }

  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.timer);
    await Promise.all([...this.streams.values()].map(({ stream }) => stream.close()));
    await this.acts.close();
  }

  /** Watches the hosts that are trusted now and no others; repeats itself. */
  async refresh(): Promise<void> {
    clearTimeout(this.timer);
    try {
      const hosts = await this.hosts.trusted();
      this.follow(hosts);
      // Whichever worker took a host out of management: here too its connections have served.
      const trusted = new Set(hosts.map(({ id }) => id));
      this.connections.forget(await this.hosts.goneOf(this.connections.known.filter((id) => !trusted.has(id))));
    } catch (error) {
      this.log.warn(`The list of hosts could not be read: ${error instanceof Error ? error.message : String(error)}`);
    }
    clearTimeout(this.timer);
    if (!this.closed) this.timer = setTimeout(() => void this.refresh(), REFRESH_MS);
  }

  private follow(hosts: readonly HostConnection[]): void {
    if (this.closed) return;
    const wanted = new Map(hosts.map((host) => [host.id, host]));
    for (const [id, { key, stream }] of this.streams) {
      const host = wanted.get(id);
      if (host && keyOf(host) === key) continue;
      this.streams.delete(id);
      void stream.close();
    }
    for (const host of hosts) {
      if (this.streams.has(host.id)) continue;
      const stream = this.connections.to(host).events({ pingMs: 4_000, deadMs: 10_000, maxBackoffMs: 4_000 });
      this.streams.set(host.id, { key: keyOf(host), stream });
      void this.listen(host, stream).catch((error: unknown) => this.log.error(error));
    }
  }

  private async listen(host: HostConnection, stream: LxdEventStream): Promise<void> {
    for await (const item of stream) {
      switch (item.kind) {
        case 'connected':
          connectedGauge.set({ host: host.name }, 1);
          this.scans.request(host.id, true);
          break;
        case 'disconnected':
          connectedGauge.set({ host: host.name }, 0);
          this.log.warn(`${host.name}: events stopped: ${item.reason.message}`);
          this.scans.request(host.id);
          break;
        case 'event':
          if (item.event.type !== 'lifecycle') break;
          this.scans.request(host.id, item.event.metadata.action.startsWith('image-'));
          this.acts.hear(host, item.event);
          break;
      }
    }
    connectedGauge.remove({ host: host.name });
  }
}

function keyOf(host: HostConnection): string {
  return `${host.url} ${host.pin ?? ''}`;
}
