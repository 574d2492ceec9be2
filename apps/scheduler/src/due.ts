/** One thing that comes due again and again. */
export interface Due {
  name: string;
  everyMs: number;
  enqueue: () => Promise<number>;
}

/** Which of the things in the table are due; pure, so that no clock is needed to test it. */
export class DueTable {
  private readonly last = new Map<string, number>();

  constructor(private readonly table: readonly Due[]) {}

  /** The things that are due at a time, in milliseconds; each counts as begun from then on. */
  take(now: number): Due[] {
    const due = this.table.filter((entry) => now - (this.last.get(entry.name) ?? -Infinity) >= entry.everyMs);
    for (const entry of due) this.last.set(entry.name, now);
    return due;
  }

  /** Makes everything due again: for a replica that has just become the active one. */
  reset(): void {
    this.last.clear();
  }
}
