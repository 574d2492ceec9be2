import { Component, computed, inject } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MAT_DIALOG_DATA, MatDialogModule } from '@angular/material/dialog';
import { RouterLink } from '@angular/router';
import type { Person } from '@lxdm/api-client';
import { ToneChip } from '../feedback/tone-chip';
import { Age } from '../format/age';
import { roleText } from '../projects/project-role';
import { gitlabPage } from '../session/gitlab-url';
import { SessionStore } from '../session/session.store';
import { PeopleStore } from './people.store';
import { PersonDecisions } from './person-decisions';
import { personActions, standingLooks, standingReason } from './person-rules';

/** All that is known of one person; what changes while it is open changes in it. */
@Component({
  selector: 'app-person-dialog',
  imports: [RouterLink, MatButtonModule, MatDialogModule, Age, ToneChip],
  templateUrl: './person-dialog.html',
})
export class PersonDialog {
  private readonly store = inject(PeopleStore);
  private readonly session = inject(SessionStore);
  private readonly opened = inject<Person>(MAT_DIALOG_DATA);
  protected readonly decisions = inject(PersonDecisions);

  protected readonly person = computed(() => this.store.get(this.opened.id) ?? this.opened);
  protected readonly look = computed(() => standingLooks[this.person().standing]);
  protected readonly reason = computed(() => standingReason(this.person()));
  protected readonly can = computed(() => personActions(this.person(), this.session.user()?.id));
  protected readonly role = roleText;
  protected readonly page = gitlabPage;
}
