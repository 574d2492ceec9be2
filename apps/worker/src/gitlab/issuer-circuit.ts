/** The longest pause between two tries of a GitLab that does not serve, in milliseconds. */
const LONGEST_MS = 300_000;

/**
 * Whether a GitLab is to be asked at all. While it serves nobody, one question after each pause is enough; the pauses grow, with
 * jitter so that several workers do not come back at once. Pure: the clock and the dice are handed in.
 */
export class IssuerCircuit {
  private openUntil = 0;
  private failures = 0;
  private probing = false;

  /** How often in a row it failed. */
  get failuresInRow(): number {
    return this.failures;
  }

  /** Whether a question may be asked now; after a pause only one at a time, until it is answered. */
  enter(now: number): boolean {
    if (this.failures === 0) return true;
    if (now < this.openUntil || this.probing) return false;
    this.probing = true;
    return true;
  }

  /** It answered, whatever it said. */
  served(): void {
    this.failures = 0;
    this.probing = false;
  }

  /** The question was not asked after all. */
  left(): void {
    this.probing = false;
  }

  /**
   * It did not answer.
   * @param retryAfterMs how long it asked to be left alone
   * @returns how long it is left alone, in milliseconds
   */
  failed(now: number, retryAfterMs: number | undefined, random: number): number {
    this.probing = false;
    this.failures++;
    const grown = Math.min(LONGEST_MS, 1_000 * 2 ** Math.min(this.failures, 20));
    const pause = Math.max(grown * (0.5 + random / 2), retryAfterMs ?? 0);
    this.openUntil = Math.max(this.openUntil, now + pause);
    return pause;
  }
}
