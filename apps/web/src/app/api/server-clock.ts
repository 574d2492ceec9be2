import { Injectable } from '@angular/core';

/** The server's time, as its last answer told it: what ends at a time of the server's must not end by a wrong clock here. */
@Injectable({ providedIn: 'root' })
export class ServerClock {
  private ahead = 0;

  /** The Date header of an answer, which counts in whole seconds. */
  heard(date: string | null): void {
    const at = Date.parse(date ?? '');
    if (Number.isNaN(at)) return;
    const ahead = at - Date.now();
    this.ahead = Math.abs(ahead) < 2_000 ? 0 : ahead;
  }

  now(): number {
    return Date.now() + this.ahead;
  }
}
