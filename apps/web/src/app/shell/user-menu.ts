import { Component, inject } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatMenuModule } from '@angular/material/menu';
import { RouterLink } from '@angular/router';
import { Notices } from '../feedback/notices';
import { SessionStore } from '../session/session.store';
import { Icon } from './icon';

@Component({
  selector: 'app-user-menu',
  imports: [RouterLink, MatButtonModule, MatMenuModule, Icon],
  template: `
    <button matIconButton [matMenuTriggerFor]="menu" aria-label="Your account"><app-icon name="user" /></button>
    <mat-menu #menu="matMenu" xPosition="before">
      <div class="who">
        <strong>{{ session.user()?.displayName }}</strong>
        <span class="muted small">
          {{ session.user()?.username }}{{ session.canSudo() ? ' · administrator' : '' }}
        </span>
      </div>
      <a mat-menu-item routerLink="/profile"
        ><app-icon matMenuItemIcon name="key" /><span>Profile and SSH keys</span></a
      >
      <button mat-menu-item (click)="signOut()">
        <app-icon matMenuItemIcon name="signOut" /><span>Sign out</span>
      </button>
    </mat-menu>
  `,
  styles: `
    .who {
      display: grid;
      padding: 8px 16px 10px;
      margin-bottom: 4px;
      border-bottom: 1px solid var(--line);
    }
  `,
})
export class UserMenu {
  protected readonly session = inject(SessionStore);
  private readonly notices = inject(Notices);

  protected async signOut(): Promise<void> {
    await this.notices.guard(() => this.session.signOut());
  }
}
