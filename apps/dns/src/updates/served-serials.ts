const SERIALS = 2 ** 32;

interface Waiter {
  serial: number;
  resolve: (served: boolean) => void;
  timer: NodeJS.Timeout;
}

/** Knows which serial is served, and tells those who wait for one. */
export class ServedSerials {
  private current: number | undefined;
  private readonly waiters = new Set<Waiter>();

  /** A version is served from now on. */
  served(serial: number): void {
    this.current = serial;
    for (const waiter of this.waiters) if (this.contains(waiter.serial)) this.end(waiter, true);
  }

  /** Resolves with true once a version that contains the serial is served, with false when the time is up. */
  reaches(serial: number, milliseconds: number): Promise<boolean> {
    if (this.contains(serial)) return Promise.resolve(true);
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.end(waiter, false), milliseconds);
      const waiter: Waiter = { serial, resolve, timer };
      this.waiters.add(waiter);
    });
  }

  /** Serial number arithmetic (RFC 1982 §3.2). */
  private contains(serial: number): boolean {
    return this.current !== undefined && (this.current - serial + SERIALS) % SERIALS < SERIALS / 2;
  }

  private end(waiter: Waiter, served: boolean): void {
    clearTimeout(waiter.timer);
    this.waiters.delete(waiter);
    waiter.resolve(served);
  }
}
