import { inject, Injectable, Injector } from '@angular/core';
import { MatSnackBar } from '@angular/material/snack-bar';
import { firstValueFrom } from 'rxjs';
import { faultOf, type Fault } from '../api/problem';
import { Sudo } from '../session/sudo';

/** Short messages at the edge of the screen; Material announces them to screen readers. */
@Injectable({ providedIn: 'root' })
export class Notices {
  private readonly bar = inject(MatSnackBar);
  private readonly injector = inject(Injector);

  say(message: string): void {
    this.bar.open(message, undefined, { duration: 4000, politeness: 'polite' });
  }

  /** Stays until it is closed or long enough to be read and copied. */
  warn(message: string): void {
    this.bar.open(message, 'Close', { duration: 12_000, politeness: 'assertive' });
  }

  /** Runs an action; a refusal is told instead of thrown. Answers whether it went through. */
  async guard(action: () => Promise<unknown>): Promise<boolean> {
    try {
      await action();
      return true;
    } catch (error) {
      const fault = faultOf(error);
      if (fault.status === 401) return false;
      if (this.injector.get(Sudo).couldHelp(fault)) return this.offerSudo(fault, action);
      this.warn(fault.requestId ? `${fault.detail} (request ${fault.requestId})` : fault.detail);
      return false;
    }
  }

  /** What an administrator was refused may go through under sudo: then it is sent again. */
  private async offerSudo(fault: Fault, action: () => Promise<unknown>): Promise<boolean> {
    const shown = this.bar.open(fault.detail, 'Turn on sudo', { duration: 12_000, politeness: 'assertive' });
    const { dismissedByAction } = await firstValueFrom(shown.afterDismissed());
    if (!dismissedByAction || !(await this.injector.get(Sudo).offer())) return false;
    return this.guard(action);
  }
}
