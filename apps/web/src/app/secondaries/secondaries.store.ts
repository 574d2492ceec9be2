import { inject, Injectable } from '@angular/core';
import { ZonesService, type AddSecondary, type Secondary } from '@lxdm/api-client';
import { Latest } from '../live/latest';

/** Servers that carry copies of the zones, for administrators at work. */
@Injectable({ providedIn: 'root' })
export class SecondariesStore {
  private readonly api = inject(ZonesService);

  readonly list = new Latest<Secondary[]>(() => this.api.listSecondaries());

  async add(body: AddSecondary): Promise<Secondary> {
    const made = await this.api.addSecondary({ body });
    await this.list.ask();
    return made;
  }

  async remove(id: string): Promise<void> {
    await this.api.removeSecondary({ id });
    await this.list.ask();
  }
}
