import type { ZoneKeeper, ZonesVersion } from './zone-keeper';
import type { ServedVersion } from './zone-publisher';
import type { ZoneSource } from './zone-source';

/** What a refresher tells. */
export interface RefreshEvents {
  /** Makes a version what is served; a failure is tried again. */
  publish: (version: ZonesVersion) => Promise<ServedVersion>;
  /** A version was confirmed by the database; it may be the same as before. */
  onVersion: (version: ServedVersion, milliseconds: number) => void;
  onFailure: (error: Error) => void;
}

/** Pauses in milliseconds. */
export interface RefreshPauses {
  /** Between two loads in a storm of changes, so that queries keep most of the processor. */
  gap: number;
  firstRetry: number;
  lastRetry: number;
}

const PAUSES: RefreshPauses = { gap: 20, firstRetry: 250, lastRetry: 5_000 };

/** Keeps the zone current: one load at a time, another one when something was announced meanwhile, and again after a failure for ever. */
export class ZoneRefresher {
  private wanted: 'news' | 'whole' | undefined;
  private state: 'idle' | 'busy' | 'gap' | 'retry' | 'stopped' = 'idle';
  private timer: NodeJS.Timeout | undefined;
  private readonly pauses: RefreshPauses;
  private retryIn: number;

  constructor(
    private readonly source: ZoneSource,
    private readonly keeper: ZoneKeeper,
    private readonly events: RefreshEvents,
    pauses: Partial<RefreshPauses> = {},
  ) {
    this.pauses = { ...PAUSES, ...pauses };
    this.retryIn = this.pauses.firstRetry;
  }

  /** Something was committed; or, with `whole`, the feed was not heard for a while. Never throws and never waits. */
  wake(how: 'news' | 'whole'): void {
    if (this.wanted !== 'whole') this.wanted = how;
    // A connection that is there again ends the waiting for one.
    if (this.state === 'idle' || (this.state === 'retry' && how === 'whole')) this.go();
  }

  /** Loads nothing any more. */
  stop(): void {
    this.state = 'stopped';
    clearTimeout(this.timer);
  }

  private go(): void {
    clearTimeout(this.timer);
    const { wanted } = this;
    if (this.state === 'stopped' || wanted === undefined) return;
    this.state = 'busy';
    this.wanted = undefined;
    const started = performance.now();
    this.refresh(wanted)
      .then((version) => this.events.publish(version))
      .then(
        (version) => this.succeeded(version, performance.now() - started),
        (error: unknown) => this.failed(error instanceof Error ? error : new Error(String(error))),
      );
  }

  private async refresh(how: 'news' | 'whole'): Promise<ZonesVersion> {
    const { current } = this.keeper;
    if (how === 'news' && current) {
      const version = this.keeper.news(await this.source.news(current.journal, this.keeper.further));
      if (version) return version;
    }
    return this.keeper.whole(await this.source.load());
  }

  private succeeded(version: ServedVersion, milliseconds: number): void {
    if (this.state === 'stopped') return;
    this.retryIn = this.pauses.firstRetry;
    this.pause('gap', this.pauses.gap);
    this.events.onVersion(version, milliseconds);
  }

  private failed(error: Error): void {
    if (this.state === 'stopped') return;
    this.wanted = 'whole';
    this.pause('retry', this.retryIn);
    this.retryIn = Math.min(this.retryIn * 2, this.pauses.lastRetry);
    this.events.onFailure(error);
  }

  private pause(state: 'gap' | 'retry', milliseconds: number): void {
    this.state = state;
    this.timer = setTimeout(() => {
      this.state = 'idle';
      this.go();
    }, milliseconds);
  }
}
