import { Claim, LEASE_SECONDS, LeasedTable, LeaseLostError, LeasesRepository } from '@lxdm/entities';
import { Injectable, Logger } from '@nestjs/common';

/** What work under a lease may do: its fence goes into every write, its signal ends when the lease is lost or the worker ends. */
export interface HeldLease {
  fence: number;
  signal: AbortSignal;
  /** Throws when the lease may have run out: to be asked right before something is changed outside of the database. */
  assertHeld: () => void;
}

/** What work under a lease leaves behind: null when it is settled, else when to try again, in seconds. */
export type RetryIn = number | null;

/** The worker ends: what is under way is left to whoever looks next. */
class WorkerEndsError extends Error {}

/** Runs work under a lease that is renewed for as long as the work takes. */
@Injectable()
export class LeaseKeeper {
  private readonly log = new Logger(LeaseKeeper.name);
  private readonly ending = new AbortController();

  /** The clock, in milliseconds; a test brings its own. */
  now: () => number = () => performance.now();

  constructor(private readonly leases: LeasesRepository) {}

  /**
   * Works on a row if nobody else does, and again while wishes came in the meantime.
   * @returns false when somebody else holds the lease, or the worker ends: they will see to it
   */
  async run(table: LeasedTable, id: string, work: (lease: HeldLease) => Promise<RetryIn>): Promise<boolean> {
    while (!this.ending.signal.aborted) {
      const claimedAt = this.now();
      const claim = await this.leases.claim(table, id);
      if (claim === null) return false;
      const again = await this.hold(table, id, claim, claimedAt, work);
      if (!again) return true;
    }
    return false;
  }

  /** Breaks off what is under way and gives the leases back, so that another worker goes on at once. */
  end(): void {
    this.ending.abort(new WorkerEndsError('The worker ends.'));
  }

  private async hold(
    table: LeasedTable,
    id: string,
    claim: Claim,
    claimedAt: number,
    work: (lease: HeldLease) => Promise<RetryIn>,
  ): Promise<boolean> {
    const { fence } = claim;
    const lost = new AbortController();
    // By our own clock it ends no later than by the database's: counted from before the database was asked.
    let heldUntil = claimedAt + LEASE_SECONDS * 1000;
    const assertHeld = (): void => {
      if (this.now() > heldUntil) lost.abort(new LeaseLostError(table, id));
      signal.throwIfAborted();
    };
    const signal = AbortSignal.any([lost.signal, this.ending.signal]);
    let renewing = Promise.resolve();
    const timer = setInterval(
      () => {
        const askedAt = this.now();
        renewing = this.leases.renew(table, id, fence).then(
          (held) => {
            if (held) heldUntil = askedAt + LEASE_SECONDS * 1000;
            else lost.abort(new LeaseLostError(table, id));
          },
          // Whether a database that does not answer means that the lease is lost is a matter of time: `assertHeld` and the next write tell.
          () => undefined,
        );
      },
      (LEASE_SECONDS * 1000) / 3,
    );
    try {
      const retryIn = await work({ fence, signal, assertHeld });
      return await this.leases.release(table, id, claim, retryIn);
    } catch (error) {
      if (error instanceof LeaseLostError || lost.signal.aborted) return false;
      if (this.ending.signal.aborted) {
        await this.leases.release(table, id, claim, null);
        return false;
      }
      if (!(await this.leases.release(table, id, claim, 2))) throw error;
      this.log.error(error);
      return true;
    } finally {
      clearInterval(timer);
      await renewing;
    }
  }
}
