/** Runs updates one after the other, as the database would anyway, and takes no more than can be answered in time. */
export class UpdateQueue {
  private waiting = 0;
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly most: number) {}

  get size(): number {
    return this.waiting;
  }

  /** Undefined when there are too many; otherwise what the work comes to when its turn has come. */
  run<T>(work: () => Promise<T>): Promise<T> | undefined {
    if (this.waiting >= this.most) return undefined;
    this.waiting += 1;
    const done = this.last.then(work).finally(() => {
      this.waiting -= 1;
    });
    this.last = done.catch(() => undefined);
    return done;
  }
}
