import { Component, computed, DestroyRef, DOCUMENT, effect, inject, input } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { Router } from '@angular/router';
import { Notices } from '../feedback/notices';
import { Brand } from '../shell/brand';
import { Icon } from '../shell/icon';
import { safeReturnUrl } from './return-url';
import { SessionStore } from './session.store';

const askAgain = 3_000;

/** For those who signed in and are not let in yet, or not any more. */
@Component({
  selector: 'app-waiting',
  imports: [MatButtonModule, Brand, Icon],
  template: `
    <main class="panel card">
      <app-brand />
      @if (blocked()) {
        <h1><app-icon name="blocked" />Your account is blocked</h1>
        <p>
          You are signed in as <strong>{{ name() }}</strong>, but this account may not use LXD Manager. Your SSH keys
          have been taken out of the containers.
        </p>
        <p>If you think that this is a mistake, ask the administrators of this LXD Manager: they can unblock you.</p>
      } @else {
        <h1><app-icon name="wait" />Waiting for approval</h1>
        <p>
          You are signed in as <strong>{{ name() }}</strong>. Somebody who administers this LXD Manager has to approve
          your account once before you can use it.
        </p>
        <p>They see that you wait. If it takes long, ask them, and tell them the name above.</p>
        <p class="muted small" role="status">
          This page looks every few seconds and goes on by itself as soon as you are approved.
        </p>
      }
      <button matButton="outlined" type="button" (click)="signOut()">
        <app-icon matButtonIcon name="signOut" />Sign out
      </button>
    </main>
  `,
  styleUrl: './waiting.scss',
})
export class Waiting {
  private readonly session = inject(SessionStore);
  private readonly router = inject(Router);
  private readonly notices = inject(Notices);

  readonly returnUrl = input<string>();
  protected readonly blocked = computed(() => this.session.standing() === 'blocked');
  protected readonly name = computed(() => {
    const user = this.session.user();
    return user ? `${user.displayName} (${user.username})` : '';
  });

  constructor() {
    const document = inject(DOCUMENT);
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void this.session.check();
    }, askAgain);
    inject(DestroyRef).onDestroy(() => clearInterval(timer));
    effect(() => {
      if (this.session.active()) void this.router.navigateByUrl(safeReturnUrl(this.returnUrl()));
    });
  }

  protected async signOut(): Promise<void> {
    await this.notices.guard(() => this.session.signOut());
  }
}
