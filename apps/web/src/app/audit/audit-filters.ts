import { Component, computed, inject, input, linkedSignal, output } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import type { AuditEntry } from '@lxdm/api-client';
import { ProjectsStore } from '../projects/projects.store';
import { Icon } from '../shell/icon';
import type { AuditQuery } from './audit-query';
import { actionText, auditKinds } from './audit-text';

const typingPause = 250;

@Component({
  selector: 'app-audit-filters',
  imports: [MatButtonModule, Icon],
  templateUrl: './audit-filters.html',
  styleUrl: './audit-filters.scss',
})
export class AuditFilters {
  protected readonly projects = inject(ProjectsStore);
  private timer: ReturnType<typeof setTimeout> | undefined;

  readonly query = input.required<AuditQuery>();
  /** What is shown: it knows the names behind the ids in the address. */
  readonly items = input.required<AuditEntry[]>();
  readonly changed = output<Partial<AuditQuery>>();

  protected readonly typed = linkedSignal(() => this.query().text);
  /** An address may name one action; then that is a choice too. */
  protected readonly kinds = computed(() => {
    const { action } = this.query();
    const own = action === '' || auditKinds.some((kind) => kind.action === action);
    return own ? auditKinds : [{ action, label: actionText(action) }, ...auditKinds];
  });
  protected readonly only = computed(() => {
    const { actorId, targetId } = this.query();
    const actor = this.items().find((entry) => entry.actor.id === actorId)?.actor.name;
    const target = this.items().find((entry) => entry.target.id === targetId)?.target.name;
    return [
      ...(actorId === '' ? [] : [{ text: `Done by ${actor ?? 'one person'}`, without: { actorId: '' } }]),
      ...(targetId === '' ? [] : [{ text: `About ${target ?? 'one thing'}`, without: { targetId: '' } }]),
    ];
  });

  protected type(text: string): void {
    this.typed.set(text);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.changed.emit({ text: text.trim() }), typingPause);
  }
}
