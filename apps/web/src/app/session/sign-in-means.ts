import { inject, Injectable } from '@angular/core';
import { SessionsService, type SignInOptions } from '@lxdm/api-client';

/** By which means one may sign in here; asked once, as it changes only with the server's settings. */
@Injectable({ providedIn: 'root' })
export class SignInMeans {
  private readonly api = inject(SessionsService);
  private asked: Promise<SignInOptions> | null = null;

  load(): Promise<SignInOptions> {
    this.asked ??= this.api.getSignInOptions().catch((error: unknown) => {
      this.asked = null;
      throw error;
    });
    return this.asked;
  }
}
