import { Component, inject } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { Notices } from '../feedback/notices';
import { SessionStore } from '../session/session.store';
import { Icon } from '../shell/icon';
import { GitlabCard } from './gitlab-card';
import { OwnTokens } from './own-tokens';
import { PasswordCard } from './password-card';
import { SessionsCard } from './sessions-card';
import { SshKeysCard } from './ssh-keys-card';

@Component({
  selector: 'app-profile',
  imports: [RouterLink, MatButtonModule, Icon, GitlabCard, OwnTokens, PasswordCard, SessionsCard, SshKeysCard],
  templateUrl: './profile.html',
})
export class Profile {
  private readonly notices = inject(Notices);
  protected readonly session = inject(SessionStore);

  protected async signOut(): Promise<void> {
    await this.notices.guard(() => this.session.signOut());
  }
}
