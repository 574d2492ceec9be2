import { computed, inject, Injectable } from '@angular/core';
import { ZonesService, type Zone } from '@lxdm/api-client';
import { Latest } from '../live/latest';

/** The zones that are served, for administrators at work. */
@Injectable({ providedIn: 'root' })
export class ZonesStore {
  private readonly api = inject(ZonesService);

  readonly list = new Latest<Zone[]>(() => this.api.listZones());
  /** The zone of the containers' names. */
  readonly forward = computed(() => this.list.value()?.find(({ kind }) => kind === 'forward'));
}
