import { ChangeDetectionStrategy, Component, computed, inject, input, output } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatTooltipModule } from '@angular/material/tooltip';
import { RouterLink } from '@angular/router';
import type { AuditEntry } from '@lxdm/api-client';
import { ToneChip } from '../feedback/tone-chip';
import { Age } from '../format/age';
import { exactTime } from '../format/age-text';
import { ProjectsStore } from '../projects/projects.store';
import { SessionStore } from '../session/session.store';
import { Icon } from '../shell/icon';
import type { AuditQuery } from './audit-query';
import { actionText, detailLine, detailRows, meansText, resultLook, targetLink } from './audit-text';

/** One entry: a row, and below it, when it is opened, all that was written down. */
@Component({
  // A tbody stays a tbody: tables allow nothing else around their rows.
  selector: 'tbody[app-audit-row]',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [RouterLink, MatButtonModule, MatTooltipModule, Age, Icon, ToneChip],
  templateUrl: './audit-row.html',
  styleUrl: './audit-row.scss',
})
export class AuditRow {
  private readonly projects = inject(ProjectsStore);
  private readonly session = inject(SessionStore);

  readonly entry = input.required<AuditEntry>();
  readonly open = input.required<boolean>();
  readonly toggled = output();
  readonly narrowed = output<Partial<AuditQuery>>();

  protected readonly what = computed(() => actionText(this.entry().action));
  protected readonly look = computed(() => resultLook(this.entry()));
  protected readonly means = computed(() => meansText[this.entry().means]);
  protected readonly link = computed(() => targetLink(this.entry().target, this.session.isAdmin()));
  /** A sign-in is about the one who signs in: the name need not be said twice. */
  protected readonly own = computed(() => {
    const { action, actor, target } = this.entry();
    return action.startsWith('session.') && target.name === actor.name;
  });
  protected readonly details = computed(() => detailRows(this.entry().detail));
  protected readonly line = computed(() => detailLine(this.entry().detail));
  protected readonly exact = computed(() => exactTime(this.entry().at));
  protected readonly project = computed(() => {
    const id = this.entry().project;
    return id === null ? null : { id, name: this.projects.get(id)?.name ?? 'a project' };
  });
}
