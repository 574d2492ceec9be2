import { randomUUID } from 'node:crypto';
import { inventoryDiff, slaacAddress } from '@lxdm/domain';
import {
  ContainerScansRepository,
  FoundInstance,
  HostConnection,
  HostObservationsRepository,
  ScanObservation,
} from '@lxdm/entities';
import { CertificateChangedError, InstanceFull, LxdHost } from '@lxdm/lxd-client';
import { counter, histogram } from '@lxdm/runtime';
import { Injectable, Logger } from '@nestjs/common';
import { AddressWatch } from './address-watch';
import { HostConnections } from './host-connections';
import { addressesOf, bootMark, judge, marksOf } from './seen-instance';

const duration = histogram('lxdm_host_sync_seconds', 'How long a full scan of a host takes, recording included.');
const failures = counter('lxdm_host_sync_failures_total', 'Scans that did not get through, by host.', ['host']);

/** Records what a host shows: one recursion=2 call, one transaction. */
@Injectable()
export class HostSync {
  private readonly log = new Logger(HostSync.name);

  constructor(
    private readonly hosts: HostObservationsRepository,
    private readonly scans: ContainerScansRepository,
    private readonly connections: HostConnections,
    private readonly awaiting: AddressWatch,
  ) {}

  /**
   * Scans a host once; a failure is recorded on the host and never thrown for want of an answer.
   * @param extras whether to ask for memory and images too
   * @returns false when the host did not answer
   */
  async scan(hostId: string, extras: boolean): Promise<boolean> {
    const host = await this.hosts.connection(hostId);
    if (!host || !host.trusted || host.deleted || host.pin === null) {
      this.awaiting.update(hostId, []);
      return true;
    }
    const end = duration.startTimer();
    const client = this.connections.to(host);
    let instances: InstanceFull[];
    const [startedAt, rows] = await Promise.all([this.scans.now(), this.scans.rowsOf(host.id)]);
    try {
      instances = await client.instances.list();
    } catch (error) {
      await this.recordSilence(host, error);
      return false;
    }
    await this.record(host, instances, startedAt, rows);
    end();
    await this.recordHost(host, extras);
    return true;
  }

  private async record(
    host: HostConnection,
    instances: readonly InstanceFull[],
    startedAt: Date,
    rows: Awaited<ReturnType<ContainerScansRepository['rowsOf']>>,
  ): Promise<void> {
    const seen = instances.map((instance) => ({
      ...marksOf(instance),
      boot: instance.status === 'Running' && instance.state ? bootMark(instance, instance.state) : null,
      addresses: addressesOf(instance.state),
    }));
    const diff = inventoryDiff(seen, rows);
    const observation = (marks: (typeof seen)[number], id: string, adopted: boolean): ScanObservation => ({
      id,
      status: marks.status,
      uuid: marks.uuid,
      image: marks.image,
      hwaddrEth1: marks.hwaddrEth1,
      boot: marks.boot,
      addresses: judge(marks, marks.addresses, host.subnets, adopted),
    });
    const matched = diff.matched.map(({ seen: marks, known }) => observation(marks, known.id, known.adopted));
    const unmanaged: FoundInstance[] = diff.unmanaged.map((marks) => ({
      ...observation(marks, randomUUID(), true),
      name: marks.name,
      hwaddrEth0: marks.hwaddrEth0 ?? '',
    }));
    await this.scans.record({
      hostId: host.id,
      startedAt,
      matched,
      unmanaged,
      missing: diff.missing.map((row) => row.id),
    });
    this.awaiting.update(
      host.id,
      matched.filter((entry) => lacksSlaac(entry, host.subnets)).map((entry) => entry.id),
    );
  }

  /** The host has answered: whatever memory and images say, it is online. */
  private async recordHost(host: HostConnection, extras: boolean): Promise<void> {
    const resources = extras ? await this.attempt(host, 'its memory', (client) => client.resources()) : undefined;
    await this.hosts.recordSeen(host.id, {
      memoryTotalBytes: resources?.memory.total ?? null,
      memoryUsedBytes: resources?.memory.used ?? null,
      version: null,
    });
    const images = extras ? await this.attempt(host, 'its images', (client) => client.images.list()) : undefined;
    if (!images) return;
    await this.hosts.recordImages(
      host.id,
      images
        .filter((image) => image.type === 'container')
        .map((image) => ({
          fingerprint: image.fingerprint,
          aliases: (image.aliases ?? []).map((alias) => alias.name),
          description: image.properties?.['description'] ?? '',
          os: image.properties?.['os'] ?? '',
          release: image.properties?.['release'] ?? '',
          architecture: image.architecture,
          sizeBytes: image.size,
        })),
    );
  }

  private async attempt<T>(
    host: HostConnection,
    what: string,
    ask: (client: LxdHost) => Promise<T>,
  ): Promise<T | undefined> {
    try {
      return await ask(this.connections.to(host));
    } catch (error) {
      failures.inc({ host: host.name });
      this.log.warn(`${host.name} did not tell ${what}: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    }
  }

  private async recordSilence(host: HostConnection, error: unknown): Promise<void> {
    failures.inc({ host: host.name });
    const message = error instanceof Error ? error.message : String(error);
    const seen = error instanceof CertificateChangedError ? error.actual : null;
    if (await this.hosts.recordUnreachable(host.id, message, seen)) this.log.warn(`${host.name}: ${message}`);
  }
}

/** True for a running container whose SLAAC address is to be expected and not there yet: no event tells of it. */
function lacksSlaac(seen: ScanObservation, subnets: readonly string[]): boolean {
  if (seen.status !== 'Running' || seen.hwaddrEth1 === null) return false;
  const { hwaddrEth1 } = seen;
  const expected = subnets.map((subnet) => slaacAddress(subnet, hwaddrEth1)).filter((address) => address !== undefined);
  return expected.length > 0 && !seen.addresses.some((address) => expected.includes(address.address));
}
