import { inject, Injectable, signal } from '@angular/core';
import {
  ContainersService,
  type ChangeContainerState,
  type Container,
  type ContainerDetail,
  type ContainerKeys,
  type CreateContainer,
  type Operation,
} from '@lxdm/api-client';
import { Subject } from 'rxjs';
import type { Change } from '../live/live-event';
import { PagedList } from '../live/paged-list';
import { OperationsStore } from '../operations/operations.store';
import { toRequest, type ContainerQuery } from './container-query';

/** The containers that are on the screen, and every action on one. */
@Injectable({ providedIn: 'root' })
export class ContainersStore {
  private readonly api = inject(ContainersService);
  private readonly operations = inject(OperationsStore);
  private readonly changed = new Subject<Change<Container> | 'reset'>();

  /** For the page that shows one container. */
  readonly changes = this.changed.asObservable();
  readonly list = new PagedList<Container, ContainerQuery>(
    (query) => this.api.listContainers(toRequest(query)),
    (query, before, after) => (query.status !== '' || query.sort.endsWith('status')) && before.status !== after.status,
  );
  /** Which of the rows has an unanswered request, so that it is not sent twice. */
  private readonly sending = signal<ReadonlySet<string>>(new Set());

  apply(change: Change<Container>): void {
    this.list.apply(change);
    this.changed.next(change);
  }

  refresh(): void {
    void this.list.load();
    this.changed.next('reset');
  }

  clear(): void {
    this.list.clear();
  }

  isSending(id: string): boolean {
    return this.sending().has(id);
  }

  async get(id: string): Promise<ContainerDetail> {
    return this.api.getContainer({ id });
  }

  async create(body: CreateContainer): Promise<Operation> {
    return this.operations.follow(await this.api.createContainer({ body }));
  }

  async changeState(id: string, body: ChangeContainerState): Promise<void> {
    await this.once(id, () => this.api.changeContainerState({ id, body }));
  }

  async keys(id: string): Promise<ContainerKeys> {
    return this.api.listContainerKeys({ id });
  }

  async redeployKeys(id: string): Promise<void> {
    this.operations.follow(await this.api.redeployKeys({ id }));
  }

  async move(id: string, projectId: string): Promise<ContainerDetail> {
    const moved = await this.api.moveContainer({ id, body: { projectId } });
    this.apply({ kind: 'is', item: moved });
    return moved;
  }

  async remove(id: string, force = false): Promise<void> {
    await this.once(id, () => this.api.deleteContainer({ id, force }));
  }

  private async once(id: string, send: () => Promise<Operation>): Promise<void> {
    if (this.isSending(id)) return;
    this.sending.update((ids) => new Set(ids).add(id));
    try {
      this.operations.follow(await send());
    } finally {
      this.sending.update((ids) => new Set([...ids].filter((other) => other !== id)));
    }
  }
}
