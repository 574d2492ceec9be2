import { computed, DestroyRef, inject, Injectable, signal } from '@angular/core';
import type { ContainerKeys } from '@lxdm/api-client';
import { faultOf, type Fault } from '../api/problem';
import { ContainersStore } from './containers.store';

const settleTime = 700;
/** The stream does not say how the keys get on: while some are on their way, asking does. */
const askAgain = 3_000;

/** The SSH keys of the container whose page is open. */
@Injectable()
export class ContainerKeysStore {
  private readonly containers = inject(ContainersStore);
  private readonly loaded = signal<ContainerKeys | null>(null);
  private readonly failed = signal<Fault | null>(null);
  private id = '';
  private timer: ReturnType<typeof setTimeout> | undefined;

  readonly state = this.loaded.asReadonly();
  readonly fault = this.failed.asReadonly();
  readonly keys = computed(() => this.loaded()?.keys ?? []);
  readonly moving = computed(() => this.keys().some(({ state }) => state === 'pending' || state === 'removing'));

  constructor() {
    const changes = this.containers.changes.subscribe((change) => {
      if (change === 'reset' || (change.kind === 'is' && change.item.id === this.id)) this.later(settleTime);
    });
    inject(DestroyRef).onDestroy(() => {
      changes.unsubscribe();
      this.id = '';
      clearTimeout(this.timer);
    });
  }

  async open(id: string): Promise<void> {
    if (id === this.id) return;
    this.id = id;
    this.loaded.set(null);
    await this.load();
  }

  async load(): Promise<void> {
    const id = this.id;
    if (id === '') return;
    clearTimeout(this.timer);
    try {
      const keys = await this.containers.keys(id);
      if (id !== this.id) return;
      this.loaded.set(keys);
      this.failed.set(null);
    } catch (error) {
      if (id === this.id) this.failed.set(faultOf(error));
      return;
    }
    if (this.moving()) this.later(askAgain);
  }

  async redeploy(): Promise<void> {
    await this.containers.redeployKeys(this.id);
    await this.load();
  }

  private later(wait: number): void {
    clearTimeout(this.timer);
    if (this.id === '') return;
    this.timer = setTimeout(() => {
      if (document.visibilityState === 'visible') void this.load();
      else this.later(askAgain);
    }, wait);
  }
}
