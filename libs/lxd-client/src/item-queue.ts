/** Hands items from callbacks to one `for await` reader; refuses more than `limit` that nobody took. */
export class ItemQueue<T> {
  private readonly items: T[] = [];
  private waiting: ((result: IteratorResult<T, undefined>) => void) | undefined;
  private ended = false;

  constructor(private readonly limit: number) {}

  /** false: the reader is too slow and the item was not taken. */
  push(item: T): boolean {
    if (this.ended) return true;
    if (this.waiting !== undefined) {
      const resolve = this.waiting;
      this.waiting = undefined;
      resolve({ done: false, value: item });
      return true;
    }
    if (this.items.length >= this.limit) return false;
    this.items.push(item);
    return true;
  }

  /** Forgets what was not taken, so that what follows is heard at once. */
  clear(): void {
    this.items.length = 0;
  }

  end(): void {
    this.ended = true;
    this.waiting?.({ done: true, value: undefined });
    this.waiting = undefined;
  }

  next(): Promise<IteratorResult<T, undefined>> {
    const value = this.items.shift();
    if (value !== undefined) return Promise.resolve({ done: false, value });
    if (this.ended) return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve) => {
      this.waiting = resolve;
    });
  }
}
