/** What a lane does with a key; it must not throw. */
export type LaneWork = (key: string) => Promise<void>;

/**
 * Runs work on keys in lanes, each a few at a time: a lane that stands still holds up no other.
 * A key that is asked for while it waits is run once; while it runs, it is run once more afterwards.
 */
export class Lanes {
  private readonly lanes = new Map<
    string,
    { waiting: Set<string>; running: Map<string, Promise<void>>; again: Set<string> }
  >();
  private closed = false;

  constructor(
    private readonly width: number,
    private readonly work: LaneWork,
  ) {}

  /** Asks for a key to be worked on. */
  push(laneName: string, key: string): void {
    if (this.closed) return;
    let lane = this.lanes.get(laneName);
    if (!lane) {
      lane = { waiting: new Set(), running: new Map(), again: new Set() };
      this.lanes.set(laneName, lane);
    }
    if (lane.running.has(key)) lane.again.add(key);
    else lane.waiting.add(key);
    this.advance(laneName);
  }

  /** How many keys are being worked on and how many wait. */
  get load(): { running: number; waiting: number } {
    const lanes = [...this.lanes.values()];
    return {
      running: lanes.reduce((n, lane) => n + lane.running.size, 0),
      waiting: lanes.reduce((n, lane) => n + lane.waiting.size, 0),
    };
  }

  /** Takes no more and waits for what is running. */
  async close(): Promise<void> {
    this.closed = true;
    for (const lane of this.lanes.values()) lane.waiting.clear();
    await Promise.all([...this.lanes.values()].flatMap((lane) => [...lane.running.values()]));
  }

  private advance(laneName: string): void {
    const lane = this.lanes.get(laneName);
    if (!lane) return;
    for (const key of lane.waiting) {
      if (lane.running.size >= this.width) return;
      lane.waiting.delete(key);
      lane.running.set(
        key,
        this.work(key).finally(() => {
          lane.running.delete(key);
          if (lane.again.delete(key) && !this.closed) lane.waiting.add(key);
          if (lane.waiting.size + lane.running.size === 0) this.lanes.delete(laneName);
          else this.advance(laneName);
        }),
      );
    }
  }
}
