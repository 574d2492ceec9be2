import { Component, computed, inject, resource } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatProgressBarModule } from '@angular/material/progress-bar';
import { ProfileService } from '@lxdm/api-client';
import { faultOf } from '../api/problem';
import { Dialogs } from '../feedback/dialogs';
import { FaultPanel } from '../feedback/fault-panel';
import { Notices } from '../feedback/notices';
import { Age } from '../format/age';
import { gitlabPage, gitlabUrl } from '../session/gitlab-url';
import { SessionStore } from '../session/session.store';
import { SignInMeans } from '../session/sign-in-means';
import { Icon } from '../shell/icon';

/** The GitLab account that is linked, how it stands, and the way to link or unlink one. */
@Component({
  selector: 'app-gitlab-card',
  imports: [MatButtonModule, MatProgressBarModule, Age, FaultPanel, Icon],
  templateUrl: './gitlab-card.html',
})
export class GitlabCard {
  private readonly api = inject(ProfileService);
  private readonly means = inject(SignInMeans);
  private readonly dialogs = inject(Dialogs);
  private readonly notices = inject(Notices);
  private readonly session = inject(SessionStore);

  protected readonly page = gitlabPage;
  private readonly linked = computed(() => this.session.user()?.gitlab?.issuer);
  protected readonly account = resource({
    params: () => this.linked(),
    loader: () => this.api.getGitlabLink(),
  });
  private readonly options = resource({ loader: () => this.means.load() });
  protected readonly known = computed(() => (this.account.hasValue() ? this.account.value() : null));
  protected readonly fault = computed(() => (this.account.error() ? faultOf(this.account.error()) : null));
  protected readonly ways = computed(() =>
    (this.options.hasValue() ? this.options.value().gitlab : []).map(({ id, name, url }) => ({
      id,
      name,
      link: gitlabUrl(url, '/profile', 'link'),
    })),
  );
  /** Why the account stays linked, or nothing when it can be unlinked; the server refuses it too. */
  protected readonly stuck = computed(() => {
    const user = this.session.user();
    if (user?.isAdmin !== true)
      return 'GitLab vouches for your account: it stays linked, and who is blocked there is blocked here. Only an admin with a password can unlink theirs.';
    return user.hasPassword ? '' : 'To unlink it, set a password first: you could not sign in without one.';
  });

  protected async unlink(): Promise<void> {
    const sure = await this.dialogs.confirm({
      title: 'Unlink your GitLab account?',
      text: 'You can no longer sign in with it, its SSH keys are taken out of your containers, and projects that you are in through a GitLab group lose you. You sign in with your password.',
      action: 'Unlink',
      danger: true,
    });
    if (!sure || !(await this.notices.guard(() => this.api.removeGitlabLink()))) return;
    this.notices.say('Your GitLab account is unlinked.');
    await this.session.check();
  }
}
