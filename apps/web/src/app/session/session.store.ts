import { computed, inject, Injectable, Injector, signal } from '@angular/core';
import { Router } from '@angular/router';
import { ServerClock } from '../api/server-clock';
import { SessionsService, type Session } from '@lxdm/api-client';
import { faultOf } from '../api/problem';

/** Who is signed in, and with which powers. `undefined` until the server was asked once. */
@Injectable({ providedIn: 'root' })
export class SessionStore {
  private readonly injector = inject(Injector);
  private readonly router = inject(Router);
  private readonly clock = inject(ServerClock);
  private readonly session = signal<Session | null | undefined>(undefined);
  private readonly sudoOver = signal(false);
  private sudoTimer: ReturnType<typeof setTimeout> | undefined;

  readonly user = computed(() => this.session()?.user ?? null);
  readonly signedIn = computed(() => this.user() !== null);
  /** Signed in and let in: somebody who waits or is blocked has a session, but sees nothing with it. */
  readonly active = computed(() => this.standing() === 'active');
  readonly standing = computed(() => {
    const user = this.user();
    return user === null ? null : user.standing;
  });
  /** May become an administrator for a while. */
  readonly canSudo = computed(() => this.user()?.isAdmin ?? false);
  readonly sudoUntil = computed(() => (this.sudoOver() ? null : (this.session()?.sudoUntil ?? null)));
  /** Acts as an administrator now. */
  readonly isAdmin = computed(() => this.canSudo() && this.sudoUntil() !== null);
  /** The zone of the containers, without the dot at its end. */
  readonly zone = computed(() => this.session()?.zone ?? '');

  /** Asks the server once; later calls answer from memory. */
  async known(): Promise<boolean> {
    if (this.session() === undefined) await this.check();
    return this.signedIn();
  }

  /** Asks the server whether the session still lives; a server that does not answer ends no session. */
  async check(): Promise<void> {
    try {
      this.hold(await this.api().getSession());
    } catch (error) {
      if (faultOf(error).status === 401) this.expire();
      else this.session.update((before) => before ?? null);
    }
  }

  async signIn(username: string, password: string): Promise<void> {
    this.hold(await this.api().signIn({ body: { username, password } }));
  }

  async signOut(): Promise<void> {
    await this.api().signOut();
    this.hold(null);
    await this.router.navigate(['/sign-in']);
  }

  async turnSudoOn(password?: string): Promise<void> {
    this.hold(await this.api().startSudo({ body: password === undefined ? {} : { password } }));
  }

  async turnSudoOff(): Promise<void> {
    this.hold(await this.api().endSudo());
  }

  /** Forgets the user and asks to sign in again, on the way back to the page that was open. */
  expire(): void {
    const wasSignedIn = this.signedIn();
    this.hold(null);
    if (!wasSignedIn) return;
    const { url } = this.router;
    void this.router.navigate(['/sign-in'], { queryParams: { returnUrl: url, expired: true } });
  }

  /** The server lets this user do nothing for now: the page that says so also says why. */
  suspended(): void {
    const { url } = this.router;
    if (url.startsWith('/waiting')) return;
    void this.check().then(async () => {
      if (this.signedIn() && !this.active())
        await this.router.navigate(['/waiting'], { queryParams: { returnUrl: url } });
    });
  }

  private hold(session: Session | null): void {
    clearTimeout(this.sudoTimer);
    this.session.set(session);
    const left = session?.sudoUntil ? Date.parse(session.sudoUntil) - this.clock.now() : null;
    this.sudoOver.set(left !== null && left <= 0);
    if (left !== null && left > 0) this.sudoTimer = setTimeout(() => this.endSudo(), left);
  }

  /** Nobody has to tell: the time is over. The server is asked afterwards, in case it was prolonged elsewhere. */
  private endSudo(): void {
    this.sudoOver.set(true);
    void this.check();
  }

  /** Taken late: the HTTP interceptor needs this store before HttpClient exists. */
  private api(): SessionsService {
    return this.injector.get(SessionsService);
  }
}
