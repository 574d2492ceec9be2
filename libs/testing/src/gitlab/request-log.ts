/** A request that was answered. */
export interface SeenRequest {
  /** Method and path, without prefix and query. */
  readonly call: string;
  readonly status: number;
}

/** What the stand-in was asked; the last ten thousand. */
export class RequestLog {
  private seen: SeenRequest[] = [];

  note(call: string, status: number): void {
    this.seen.push({ call, status });
    if (this.seen.length > 10_000) this.seen.shift();
  }

  take(): SeenRequest[] {
    return this.seen.splice(0);
  }
}
