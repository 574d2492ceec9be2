import { computed, inject, Injectable } from '@angular/core';
import { ZonesService, type NameTrace, type Zone, type ZoneKey, type ZoneRecordPage } from '@lxdm/api-client';
import { Latest } from '../live/latest';
import type { ZoneRecordsQuery } from './zone-records-query';

export const recordsPageSize = 50;

/** Zones and what is served of them, for administrators at work. */
@Injectable({ providedIn: 'root' })
export class ZonesStore {
  private readonly api = inject(ZonesService);

  readonly list = new Latest<Zone[]>(() => this.api.listZones());
  /** The zone of the containers' names. */
  readonly forward = computed(() => this.list.value()?.find(({ kind }) => kind === 'forward'));

  get(name: string): Zone | undefined {
    return this.list.value()?.find((zone) => zone.name === name);
  }

  async add(cidr: string, name: string): Promise<Zone> {
    const zone = await this.api.addZone({ body: { cidr, ...(name && { name }) } });
    await this.list.ask();
    return zone;
  }

  async remove(name: string): Promise<void> {
    await this.api.removeZone({ name });
    this.list.update((zones) => zones.filter((zone) => zone.name !== name));
  }

  records(name: string, { filter, type, source, page }: ZoneRecordsQuery): Promise<ZoneRecordPage> {
    const pageSize = recordsPageSize;
    return this.api.listZoneRecords({
      zone: name,
      page,
      pageSize,
      ...(filter && { filter }),
      ...(type && { type }),
      ...(source && { source }),
    });
  }

  async removeRecord(name: string, id: string): Promise<void> {
    await this.api.removeZoneRecord({ zone: name, id });
  }

  trace(zone: string, name: string, type: string): Promise<NameTrace> {
    return this.api.traceName({ zone, name, type });
  }

  async setDnssec(name: string, enabled: boolean): Promise<void> {
    this.heard(await this.api.setDnssec({ name, body: { enabled, ...(!enabled && { dsRemoved: true }) } }));
  }

  keys(name: string): Promise<ZoneKey[]> {
    return this.api.listZoneKeys({ name });
  }

  async startRollover(name: string): Promise<void> {
    await this.api.addZoneKey({ name });
    void this.list.load();
  }

  async activate(name: string, id: string, force: boolean): Promise<void> {
    await this.api.activateZoneKey({ name, id, body: { state: 'active', ...(force && { force }) } });
    void this.list.load();
  }

  async removeKey(name: string, id: string, force: boolean): Promise<void> {
    await this.api.removeZoneKey({ name, id, ...(force && { force: 'true' }) });
    void this.list.load();
  }

  private heard(zone: Zone): void {
    this.list.update((zones) => zones.map((known) => (known.name === zone.name ? zone : known)));
  }
}
