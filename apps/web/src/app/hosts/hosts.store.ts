import { inject, Injectable } from '@angular/core';
import { HostsService, type AddHost, type Host, type Image, type Operation } from '@lxdm/api-client';
import { EntityList } from '../live/entity-list';
import { OperationsStore } from '../operations/operations.store';

@Injectable({ providedIn: 'root' })
export class HostsStore extends EntityList<Host> {
  private readonly api: HostsService;
  private readonly operations = inject(OperationsStore);

  constructor() {
    const api = inject(HostsService);
    super(() => api.listHosts());
    this.api = api;
  }

  async images(hostId: string): Promise<Image[]> {
    return this.api.listHostImages({ id: hostId });
  }

  async add(body: AddHost): Promise<Operation> {
    return this.operations.follow(await this.api.addHost({ body }));
  }

  async confirm(host: Host, fingerprint: string): Promise<Operation> {
    return this.operations.follow(await this.api.confirmHost({ id: host.id, body: { fingerprint } }));
  }

  async remove(host: Host, force: boolean): Promise<Operation> {
    return this.operations.follow(await this.api.removeHost({ id: host.id, force }));
  }
}
