import { Component, computed, inject, input } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatTooltipModule } from '@angular/material/tooltip';
import { Router } from '@angular/router';
import type { Project, ProjectMember } from '@lxdm/api-client';
import { Dialogs } from '../feedback/dialogs';
import { Notices } from '../feedback/notices';
import { SessionStore } from '../session/session.store';
import { Icon } from '../shell/icon';
import { AddMemberDialog } from './add-member';
import { mayManage, memberActions, roles, sortedMembers, type Role } from './member-rules';
import { roleText } from './project-role';
import { ProjectsStore } from './projects.store';

/** The people of a project; services have a card of their own. */
@Component({
  selector: 'app-members-card',
  imports: [MatButtonModule, MatTooltipModule, Icon],
  templateUrl: './members-card.html',
  styleUrl: './project-rows.scss',
})
export class MembersCard {
  private readonly dialogs = inject(Dialogs);
  private readonly notices = inject(Notices);
  private readonly router = inject(Router);
  private readonly session = inject(SessionStore);
  private readonly store = inject(ProjectsStore);

  readonly project = input.required<Project>();
  protected readonly roles = roles;
  protected readonly roleText = roleText;
  protected readonly manages = computed(() => mayManage(this.project(), this.session.isAdmin()));
  protected readonly rows = computed(() => {
    const viewer = { id: this.session.user()?.id, isAdmin: this.session.isAdmin() };
    return sortedMembers(this.project().members.filter(({ kind }) => kind === 'person')).map((member) => ({
      member,
      self: member.userId === viewer.id,
      can: memberActions(this.project(), member, viewer),
    }));
  });

  protected async add(): Promise<void> {
    await this.dialogs.open<undefined, Project>(AddMemberDialog, this.project());
  }

  /** A refused change puts the choice back to what is so. */
  protected async change(member: ProjectMember, select: HTMLSelectElement): Promise<void> {
    const role = roles.find((known) => known.role === select.value)?.role;
    const { id } = this.project();
    if (role === undefined || role === member.role) return;
    const sure = member.userId !== this.session.user()?.id || (await this.surelyStepBack(role));
    if (!sure || !(await this.notices.guard(() => this.store.setMember(id, member.userId, role))))
      select.value = member.role;
  }

  protected async remove(member: ProjectMember): Promise<void> {
    const { id, name } = this.project();
    const sure = await this.dialogs.confirm({
      title: `Remove ${member.displayName} from ${name}?`,
      text: 'They no longer see the project, and their SSH keys are taken out of its containers.',
      action: 'Remove member',
      danger: true,
    });
    if (sure) await this.notices.guard(() => this.store.removeMember(id, member.userId));
  }

  protected async leave(member: ProjectMember): Promise<void> {
    const { id, name } = this.project();
    const stays = this.session.isAdmin();
    const sure = await this.dialogs.confirm({
      title: `Leave ${name}?`,
      text: 'You no longer see the project, and your SSH keys are taken out of its containers. An owner can add you again.',
      action: 'Leave project',
      danger: true,
    });
    if (!sure || !(await this.notices.guard(() => this.store.leave(id, member.userId, stays)))) return;
    this.notices.say(`You have left ${name}.`);
    if (!stays) await this.router.navigate(['/projects']);
  }

  private surelyStepBack(role: Role): Promise<boolean> {
    return this.dialogs.confirm({
      title: `Become ${roleText(role).toLowerCase()} of ${this.project().name}?`,
      text: 'You then no longer decide about members; another owner can give the role back.',
      action: 'Change my role',
      danger: true,
    });
  }
}
