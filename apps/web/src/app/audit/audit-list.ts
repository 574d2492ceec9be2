import { Component, computed, effect, inject, input, signal, untracked } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatMenuModule } from '@angular/material/menu';
import { MatProgressBarModule } from '@angular/material/progress-bar';
import { Router } from '@angular/router';
import { EmptyState } from '../feedback/empty-state';
import { FaultPanel } from '../feedback/fault-panel';
import { ProjectsStore } from '../projects/projects.store';
import { SessionStore } from '../session/session.store';
import { Icon } from '../shell/icon';
import { AuditFilters } from './audit-filters';
import {
  auditFilter,
  exportUrl,
  isNarrowedAudit,
  readAuditQuery,
  writeAuditQuery,
  type AuditQuery,
} from './audit-query';
import { AuditRow } from './audit-row';
import { AuditStore } from './audit.store';

@Component({
  selector: 'app-audit-list',
  imports: [MatButtonModule, MatMenuModule, MatProgressBarModule, AuditFilters, AuditRow, EmptyState, FaultPanel, Icon],
  providers: [AuditStore],
  templateUrl: './audit-list.html',
  styleUrl: './audit-list.scss',
})
export class AuditList {
  private readonly router = inject(Router);
  protected readonly store = inject(AuditStore);
  protected readonly session = inject(SessionStore);

  readonly text = input<string>();
  readonly action = input<string>();
  readonly projectId = input<string>();
  readonly actorId = input<string>();
  readonly targetId = input<string>();
  readonly from = input<string>();
  readonly until = input<string>();

  protected readonly query = computed(() =>
    readAuditQuery({
      text: this.text(),
      action: this.action(),
      projectId: this.projectId(),
      actorId: this.actorId(),
      targetId: this.targetId(),
      from: this.from(),
      until: this.until(),
    }),
  );
  protected readonly narrowed = computed(() => isNarrowedAudit(this.query()));
  protected readonly exports = computed(() => ({
    csv: exportUrl(this.query(), 'csv'),
    json: exportUrl(this.query(), 'json'),
  }));
  protected readonly opened = signal<number | null>(null);

  constructor() {
    void inject(ProjectsStore).ensure();
    effect(() => {
      const query = this.query();
      // With sudo there is more to see: the list is asked for again when it begins or ends.
      this.session.isAdmin();
      void untracked(() => this.store.show(auditFilter(query)));
    });
  }

  protected toggle(seq: number): void {
    this.opened.update((open) => (open === seq ? null : seq));
  }

  protected async change(part: Partial<AuditQuery>): Promise<void> {
    const queryParams = writeAuditQuery({ ...this.query(), ...part });
    await this.router.navigate(['/audit'], { queryParams, replaceUrl: 'text' in part });
  }

  protected async clear(): Promise<void> {
    await this.router.navigate(['/audit']);
  }
}
