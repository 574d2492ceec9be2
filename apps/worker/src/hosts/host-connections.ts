import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HostConnection } from '@lxdm/entities';
import { LxdHost } from '@lxdm/lxd-client';
import { Inject, Injectable, OnApplicationShutdown } from '@nestjs/common';
import { SETTINGS, WorkerSettings } from '../settings';

/** One client for each host: made on first use, made anew when the host's address or pin changes. */
@Injectable()
export class HostConnections implements OnApplicationShutdown {
  private readonly clients = new Map<string, { key: string; client: LxdHost }>();
  private readonly clientCert: string;
  private readonly clientKey: string;

  constructor(@Inject(SETTINGS) settings: WorkerSettings) {
    this.clientCert = readFileSync(join(settings.certsDir, 'lxd.crt'), 'utf8');
    this.clientKey = readFileSync(join(settings.certsDir, 'lxd.key'), 'utf8');
  }

  /** The client of a host; only for one whose certificate is pinned. */
  to(host: Pick<HostConnection, 'id' | 'name' | 'url' | 'pin'>): LxdHost {
    if (host.pin === null) throw new Error(`Host ${host.name} has no pin yet: nothing may be sent to it.`);
    const key = `${host.url} ${host.pin}`;
    const known = this.clients.get(host.id);
    if (known?.key === key) return known.client;
    const client = new LxdHost({
      url: host.url,
      pin: host.pin,
      clientCert: this.clientCert,
      clientKey: this.clientKey,
      timeouts: { connectMs: 5_000, headersMs: 10_000, idleMs: 5_000, totalMs: 30_000 },
    });
    this.clients.set(host.id, { key, client });
    if (known) void known.client.close();
    return client;
  }

  /** The hosts that there are clients of. */
  get known(): string[] {
    return [...this.clients.keys()];
  }

  /** Closes the clients of hosts that are not managed any more. */
  forget(hostIds: readonly string[]): void {
    for (const id of hostIds) {
      void this.clients.get(id)?.client.close();
      this.clients.delete(id);
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([...this.clients.values()].map(({ client }) => client.close()));
  }
}
