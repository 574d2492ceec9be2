import { inject, Injectable } from '@angular/core';
import { MatSnackBar } from '@angular/material/snack-bar';
import { faultOf } from '../api/problem';

/** Short messages at the edge of the screen; Material announces them to screen readers. */
@Injectable({ providedIn: 'root' })
export class Notices {
  private readonly bar = inject(MatSnackBar);

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
      if (fault.status !== 401)
        this.warn(fault.requestId ? `${fault.detail} (request ${fault.requestId})` : fault.detail);
      return false;
    }
  }
}
