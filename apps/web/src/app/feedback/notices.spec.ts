import { HttpErrorResponse } from '@angular/common/http';
import { TestBed } from '@angular/core/testing';
import { MatSnackBar } from '@angular/material/snack-bar';
import { of } from 'rxjs';
import { beforeEach, describe, expect, it } from 'vitest';
import { Sudo } from '../session/sudo';
import { Notices } from './notices';

const refusal = new HttpErrorResponse({ status: 403, error: { code: 'forbidden', title: 'No', detail: 'Not you.' } });

class FakeBar {
  shown: string[] = [];
  pressed = true;
  open(message: string, action?: string) {
    this.shown.push(`${message} [${action ?? ''}]`);
    return { afterDismissed: () => of({ dismissedByAction: this.pressed }) };
  }
}

class FakeSudo {
  on = false;
  agrees = true;
  couldHelp(): boolean {
    return !this.on;
  }
  offer(): Promise<boolean> {
    this.on = this.agrees;
    return Promise.resolve(this.on);
  }
}

describe('an action that is refused for lack of sudo', () => {
  let bar: FakeBar;
  let sudo: FakeSudo;
  let sent: number;

  beforeEach(() => {
    bar = new FakeBar();
    sudo = new FakeSudo();
    sent = 0;
    TestBed.configureTestingModule({
      providers: [
        { provide: MatSnackBar, useValue: bar },
        { provide: Sudo, useValue: sudo },
      ],
    });
  });
  const guarded = () =>
    TestBed.inject(Notices).guard(() => {
      sent += 1;
      return sudo.on ? Promise.resolve() : Promise.reject(refusal);
    });

  it('is sent again once sudo is on', async () => {
    expect(await guarded()).toBe(true);
    expect([sent, bar.shown]).toEqual([2, ['Not you. [Turn on sudo]']]);
  });

  it('is not sent again by itself', async () => {
    bar.pressed = false;
    expect(await guarded()).toBe(false);
    expect([sent, sudo.on]).toEqual([1, false]);
  });

  it('is not sent again when the dialog was cancelled', async () => {
    sudo.agrees = false;
    expect(await guarded()).toBe(false);
    expect(sent).toBe(1);
  });

  it('is told plainly where sudo would not help', async () => {
    sudo.couldHelp = () => false;
    expect(await guarded()).toBe(false);
    expect(bar.shown).toEqual(['Not you. [Close]']);
  });
});
