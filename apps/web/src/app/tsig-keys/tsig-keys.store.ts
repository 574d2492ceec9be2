import { inject, Injectable } from '@angular/core';
import { ZonesService, type CreatedTsigKey, type CreateTsigKey, type TsigKey } from '@lxdm/api-client';
import { Latest } from '../live/latest';

export type TsigRights = Pick<TsigKey, 'updateNames' | 'updateTypes' | 'mayTransfer'>;

/** Secrets shared with clients of the name server, for administrators at work. */
@Injectable({ providedIn: 'root' })
export class TsigKeysStore {
  private readonly api = inject(ZonesService);

  readonly list = new Latest<TsigKey[]>(() => this.api.listTsigKeys());

  async create(body: CreateTsigKey): Promise<CreatedTsigKey> {
    const made = await this.api.createTsigKey({ body });
    void this.list.ask();
    return made;
  }

  async change(id: string, body: TsigRights): Promise<void> {
    await this.api.changeTsigKey({ id, body });
    await this.list.ask();
  }

  async remove(id: string): Promise<void> {
    await this.api.removeTsigKey({ id });
    await this.list.ask();
  }
}
