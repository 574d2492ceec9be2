/** Thrown when the lease on a row is not ours any more: stop at once, somebody else has taken over. */
export class LeaseLostError extends Error {
  constructor(table: string, id: string) {
    super(`The lease on ${table} ${id} was lost.`);
    this.name = 'LeaseLostError';
  }
}

/** How long a lease lasts without being renewed, in seconds; taken over by another worker after that. */
export const LEASE_SECONDS = 10;
