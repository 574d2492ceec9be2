import { Component, computed, effect, inject, input, signal, untracked } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatProgressBarModule } from '@angular/material/progress-bar';
import type { Container, ContainerKey } from '@lxdm/api-client';
import { EmptyState } from '../feedback/empty-state';
import { FaultPanel } from '../feedback/fault-panel';
import { Notices } from '../feedback/notices';
import { ToneChip, type Look } from '../feedback/tone-chip';
import { Age } from '../format/age';
import { ProjectsStore } from '../projects/projects.store';
import { SessionStore } from '../session/session.store';
import { Icon } from '../shell/icon';
import { ContainerKeysStore } from './container-keys.store';

/** Whose SSH keys open the container, and whether each is in place. */
@Component({
  selector: 'app-container-keys',
  imports: [MatButtonModule, MatProgressBarModule, Age, EmptyState, FaultPanel, Icon, ToneChip],
  providers: [ContainerKeysStore],
  templateUrl: './container-keys-card.html',
  styleUrl: './container-keys-card.scss',
})
export class ContainerKeysCard {
  private readonly notices = inject(Notices);
  private readonly projects = inject(ProjectsStore);
  private readonly session = inject(SessionStore);
  protected readonly store = inject(ContainerKeysStore);
  readonly container = input.required<Pick<Container, 'id' | 'status' | 'project'>>();
  protected readonly busy = signal(false);
  protected readonly looks = looks;
  protected readonly may = computed(() => {
    const { project } = this.container();
    const role = project && this.projects.get(project.id)?.role;
    return project !== null && (this.session.isAdmin() || role === 'owner' || role === 'operator');
  });

  constructor() {
    effect(() => {
      const { id } = this.container();
      void untracked(() => this.store.open(id));
    });
  }

  protected source(key: ContainerKey): string {
    const whose = key.owner?.name ?? 'nobody here';
    return key.source === 'gitlab' ? `${whose}, from GitLab` : whose;
  }

  protected async redeploy(): Promise<void> {
    this.busy.set(true);
    await this.notices.guard(() => this.store.redeploy());
    this.busy.set(false);
  }
}

const looks: Record<ContainerKey['state'], Look> = {
  placed: { tone: 'ok', icon: 'done', label: 'In place' },
  pending: { tone: 'busy', icon: 'wait', label: 'On its way' },
  failed: { tone: 'bad', icon: 'alert', label: 'Failed' },
  removing: { tone: 'warn', icon: 'wait', label: 'Being removed' },
};
