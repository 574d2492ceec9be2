import { inject, Injectable, signal } from '@angular/core';
import { ProfileService, type SshKey } from '@lxdm/api-client';
import { faultOf, type Fault } from '../api/problem';

/** The viewer's own keys; only the profile page shows them, so they live as long as it. */
@Injectable()
export class SshKeysStore {
  private readonly api = inject(ProfileService);
  private readonly all = signal<SshKey[] | null>(null);
  private readonly failed = signal<Fault | null>(null);

  readonly items = this.all.asReadonly();
  readonly fault = this.failed.asReadonly();

  async load(): Promise<void> {
    try {
      this.all.set(await this.api.listSshKeys());
      this.failed.set(null);
    } catch (error) {
      this.failed.set(faultOf(error));
    }
  }

  async add(publicKey: string): Promise<SshKey> {
    const key = await this.api.addSshKey({ body: { publicKey } });
    this.all.update((keys) => [...(keys ?? []), key]);
    return key;
  }

  async remove(id: string): Promise<void> {
    await this.api.removeSshKey({ id });
    this.all.update((keys) => keys && keys.filter((key) => key.id !== id));
  }
}
