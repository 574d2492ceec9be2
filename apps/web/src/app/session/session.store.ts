import { computed, inject, Injectable, Injector, signal } from '@angular/core';
import { Router } from '@angular/router';
import { SessionsService, type Session } from '@lxdm/api-client';
import { faultOf } from '../api/problem';

/** Who is signed in. `undefined` until the server was asked once. */
@Injectable({ providedIn: 'root' })
export class SessionStore {
  private readonly injector = inject(Injector);
  private readonly router = inject(Router);
  private readonly session = signal<Session | null | undefined>(undefined);

  readonly user = computed(() => this.session()?.user ?? null);
  readonly isAdmin = computed(() => this.user()?.isAdmin ?? false);
  /** The zone of the containers, without the dot at its end. */
  readonly zone = computed(() => this.session()?.zone ?? '');
  readonly signedIn = computed(() => this.user() !== null);

  /** Asks the server once; later calls answer from memory. */
  async known(): Promise<boolean> {
    if (this.session() === undefined) await this.check();
    return this.signedIn();
  }

  /** Asks the server whether the session still lives; a server that does not answer ends no session. */
  async check(): Promise<void> {
    try {
      this.session.set(await this.api().getSession());
    } catch (error) {
      if (faultOf(error).status === 401) this.expire();
      else this.session.update((before) => before ?? null);
    }
  }

  async signIn(username: string, password: string): Promise<void> {
    this.session.set(await this.api().signIn({ body: { username, password } }));
  }

  async signOut(): Promise<void> {
    await this.api().signOut();
    this.session.set(null);
    await this.router.navigate(['/sign-in']);
  }

  /** Forgets the user and asks to sign in again, on the way back to the page that was open. */
  expire(): void {
    const wasSignedIn = this.signedIn();
    this.session.set(null);
    if (!wasSignedIn) return;
    void this.router.navigate(['/sign-in'], { queryParams: { returnUrl: this.router.url, expired: true } });
  }

  /** Taken late: the HTTP interceptor needs this store before HttpClient exists. */
  private api(): SessionsService {
    return this.injector.get(SessionsService);
  }
}
