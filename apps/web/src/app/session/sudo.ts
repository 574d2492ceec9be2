import { inject, Injectable } from '@angular/core';
import type { Fault } from '../api/problem';
import { Dialogs } from '../feedback/dialogs';
import { SessionStore } from './session.store';

/** Turning sudo on, wherever it is missed. */
@Injectable({ providedIn: 'root' })
export class Sudo {
  private readonly dialogs = inject(Dialogs);
  private readonly session = inject(SessionStore);

  /** Asks for the password; answers whether sudo is on afterwards. */
  async offer(): Promise<boolean> {
    if (this.session.isAdmin()) return true;
    // Forms are much code, and most people never need this one.
    const { SudoDialog } = await import('./sudo-dialog');
    await this.dialogs.open(SudoDialog);
    return this.session.isAdmin();
  }

  async leave(): Promise<void> {
    await this.session.turnSudoOff();
  }

  /** True when the refusal may be for lack of sudo: what one may not see looks like what is not there. */
  couldHelp(fault: Fault): boolean {
    const refused = fault.status === 404 || (fault.status === 403 && fault.code !== 'bad-credentials');
    return refused && this.session.canSudo() && !this.session.isAdmin();
  }
}
