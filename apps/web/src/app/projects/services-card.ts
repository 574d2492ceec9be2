import { Component, computed, inject, input } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import type { Project, ProjectMember } from '@lxdm/api-client';
import { Dialogs } from '../feedback/dialogs';
import { Notices } from '../feedback/notices';
import { SessionStore } from '../session/session.store';
import { Icon } from '../shell/icon';
import { AddServiceDialog } from './add-service';
import { mayManage } from './member-rules';
import { roleText } from './project-role';
import { ProjectsStore } from './projects.store';
import { ServiceTokensDialog, type ServiceTokens } from './service-tokens';

/** Programs that use the API in the project's name. */
@Component({
  selector: 'app-services-card',
  imports: [MatButtonModule, Icon],
  templateUrl: './services-card.html',
  styleUrl: './project-rows.scss',
})
export class ServicesCard {
  private readonly dialogs = inject(Dialogs);
  private readonly notices = inject(Notices);
  private readonly session = inject(SessionStore);
  private readonly store = inject(ProjectsStore);

  readonly project = input.required<Project>();
  protected readonly roleText = roleText;
  protected readonly manages = computed(() => mayManage(this.project(), this.session.isAdmin()));
  protected readonly services = computed(() => this.project().members.filter(({ kind }) => kind === 'service'));

  protected async add(): Promise<void> {
    const before = new Set(this.services().map(({ userId }) => userId));
    const made = await this.dialogs.open<Project, Project>(AddServiceDialog, this.project());
    const service = made?.members.find(({ kind, userId }) => kind === 'service' && !before.has(userId));
    // Without a token it can do nothing.
    if (service) await this.tokens(service);
  }

  protected async tokens(service: ProjectMember): Promise<void> {
    const source = this.store.tokensOf(this.project().id, service.userId);
    await this.dialogs.open<undefined, ServiceTokens>(ServiceTokensDialog, { name: service.username, source });
  }

  protected async remove(service: ProjectMember): Promise<void> {
    const sure = await this.dialogs.confirm({
      title: `Remove the service ${service.username}?`,
      text: 'Its tokens stop working at once. What it made stays.',
      action: 'Remove service',
      danger: true,
    });
    if (sure) await this.notices.guard(() => this.store.removeService(this.project().id, service.userId));
  }
}
