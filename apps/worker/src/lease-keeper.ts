import { LEASE_SECONDS, LeasedTable, LeaseLostError, LeasesRepository } from '@lxdm/entities';
import { Injectable } from '@nestjs/common';

/** What work under a lease may do: its fence goes into every write, its signal ends when the lease is lost. */
export interface HeldLease {
  fence: number;
  signal: AbortSignal;
}

/** What work under a lease leaves behind: null when it is settled, else when to try again, in seconds. */
export type RetryIn = number | null;

/** Runs work under a lease that is renewed for as long as the work takes. */
@Injectable()
export class LeaseKeeper {
  constructor(private readonly leases: LeasesRepository) {}

  /**
   * Works on a row if nobody else does, and again while wishes came in the meantime.
   * @returns false when somebody else holds the lease: they will see to it
   */
  async run(table: LeasedTable, id: string, work: (lease: HeldLease) => Promise<RetryIn>): Promise<boolean> {
    for (;;) {
      const fence = await this.leases.claim(table, id);
      if (fence === null) return false;
      const again = await this.hold(table, id, fence, work);
      if (!again) return true;
    }
  }

  private async hold(
    table: LeasedTable,
    id: string,
    fence: number,
    work: (lease: HeldLease) => Promise<RetryIn>,
  ): Promise<boolean> {
    const lost = new AbortController();
    let renewing = Promise.resolve();
    const timer = setInterval(
      () => {
        renewing = this.leases.renew(table, id, fence).then(
          (held) => (held ? undefined : lost.abort(new LeaseLostError(table, id))),
          // A database that does not answer for as long as a lease lasts means that the lease is lost; the next write will tell.
          () => undefined,
        );
      },
      (LEASE_SECONDS * 1000) / 3,
    );
    try {
      const retryIn = await work({ fence, signal: lost.signal });
      return await this.leases.release(table, id, fence, retryIn);
    } catch (error) {
      if (error instanceof LeaseLostError || lost.signal.aborted) return false;
      await this.leases.release(table, id, fence, 2);
      throw error;
    } finally {
      clearInterval(timer);
      await renewing;
    }
  }
}
