import { Injectable, signal } from '@angular/core';

/** The time, a few times a minute: what shows an age follows it. */
@Injectable({ providedIn: 'root' })
export class Clock {
  private readonly time = signal(Date.now());
  readonly now = this.time.asReadonly();

  constructor() {
    setInterval(() => this.time.set(Date.now()), 15_000);
  }
}
