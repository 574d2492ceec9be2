import { inject, Injectable } from '@angular/core';
import { ZonesService, type CheckedText, type ListedStaticEntry, type StaticEntry } from '@lxdm/api-client';
import { Latest } from '../live/latest';

/** Zone-file texts that are served, for administrators at work. */
@Injectable({ providedIn: 'root' })
export class StaticEntriesStore {
  private readonly api = inject(ZonesService);

  readonly list = new Latest<ListedStaticEntry[], string>((zone) => this.api.listStaticEntries(zone ? { zone } : {}));

  get(id: string): Promise<StaticEntry> {
    return this.api.getStaticEntry({ id });
  }

  check(text: string, zone: string | undefined, id: string | undefined): Promise<CheckedText> {
    return this.api.checkStaticEntry({ body: { text, ...(zone && { zone }), ...(id && { id }) } });
  }

  create(title: string, text: string, zone: string | undefined): Promise<StaticEntry> {
    return this.api.createStaticEntry({ body: { title, text, ...(zone && { zone }) } });
  }

  /** @param version the one that was read: another in the meantime is a refusal, not a loss */
  change(id: string, title: string, text: string, version: number): Promise<StaticEntry> {
    return this.api.changeStaticEntry({ id, body: { title, text, version } });
  }

  async remove(id: string): Promise<void> {
    await this.api.removeStaticEntry({ id });
  }
}
