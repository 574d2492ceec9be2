import { inject, Injectable } from '@angular/core';
import {
  DynamicEntriesService,
  type CreatedEntryToken,
  type CreateEntryToken,
  type DynamicEntry,
  type DynamicEntryPage,
  type EntryToken,
  type SaveDynamicEntry,
} from '@lxdm/api-client';
import { Latest } from '../live/latest';

export const entriesPageSize = 50;

export interface EntriesQuery {
  filter: string;
  page: number;
}

/** Names whose values programs set: one's own, or all of them for administrators at work. */
@Injectable({ providedIn: 'root' })
export class DynamicEntriesStore {
  private readonly api = inject(DynamicEntriesService);

  readonly list = new Latest<DynamicEntryPage, EntriesQuery>(({ filter, page }) =>
    this.api.listDynamicEntries({ page, pageSize: entriesPageSize, ...(filter && { filter }) }),
  );

  get(id: string): Promise<DynamicEntry> {
    return this.api.getDynamicEntry({ id });
  }

  /** A container's own, under _acme-challenge; made when it is first asked for. */
  ofContainer(id: string): Promise<DynamicEntry> {
    return this.api.ensureAcmeEntry({ id });
  }

  create(body: SaveDynamicEntry): Promise<DynamicEntry> {
    return this.api.createDynamicEntry({ body });
  }

  change(id: string, body: SaveDynamicEntry): Promise<DynamicEntry> {
    return this.api.changeDynamicEntry({ id, body });
  }

  async remove(id: string): Promise<void> {
    await this.api.deleteDynamicEntry({ id });
  }

  addValue(id: string, value: string, expiresAt: string | undefined): Promise<DynamicEntry> {
    return this.api.addEntryValue({ id, body: { value, ...(expiresAt && { expiresAt }) } });
  }

  setValue(id: string, value: string, expiresAt: string | undefined): Promise<DynamicEntry> {
    return this.api.setEntryValues({ id, body: { values: [{ value, ...(expiresAt && { expiresAt }) }] } });
  }

  clear(id: string): Promise<DynamicEntry> {
    return this.api.setEntryValues({ id, body: { value: null } });
  }

  removeValue(id: string, valueId: string): Promise<DynamicEntry> {
    return this.api.removeEntryValue({ id, valueId });
  }

  tokens(id: string): Promise<EntryToken[]> {
    return this.api.listEntryTokens({ id });
  }

  createToken(id: string, body: CreateEntryToken): Promise<CreatedEntryToken> {
    return this.api.createEntryToken({ id, body });
  }

  async revokeToken(id: string, tokenId: string): Promise<void> {
    await this.api.revokeEntryToken({ id, tokenId });
  }
}
