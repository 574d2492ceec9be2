import type { ChangeListener } from '@lxdm/entities/zones';
import type { ZoneSnapshots } from '../snapshot/zone-snapshots';
import { ZoneKeeper } from './zone-keeper';
import { ZonePublisher } from './zone-publisher';
import { RefreshPauses, ZoneRefresher } from './zone-refresher';
import type { ZoneSource } from './zone-source';
import type { ZoneStatus } from './zone-status';

/** How often the database is asked without having announced anything, in milliseconds: bounds what a silent loss can hide. */
const ASK_ANYWAY_MS = 5_000;

/** What keeps the zones current. */
export interface FollowerParts {
  source: ZoneSource;
  listener: ChangeListener;
  keeper: ZoneKeeper;
  publisher: ZonePublisher;
  status: ZoneStatus;
  snapshots: ZoneSnapshots;
  pauses?: Partial<RefreshPauses>;
}

/** Listens to the change feed, and asks the database for what is new. */
export class ZoneFollower {
  private readonly refresher: ZoneRefresher;
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;
  private heard = false;

  constructor(private readonly parts: FollowerParts) {
    const { source, keeper, publisher, status, pauses } = parts;
    this.refresher = new ZoneRefresher(
      source,
      keeper,
      {
        publish: (version) => publisher.publish(version),
        onVersion: (version, milliseconds) => status.confirmed(version, milliseconds, keeper.skippedCount),
        onFailure: (error) => status.failed(error),
      },
      pauses,
    );
  }

  /** Serves what an earlier process saved, if anything, and follows the database from then on; never rejects. */
  async start(): Promise<void> {
    await this.restore();
    if (!this.stopped) this.follow();
  }

  private async restore(): Promise<void> {
    const { snapshots, keeper, publisher, status } = this.parts;
    const snapshot = await snapshots.load();
    if (!snapshot || this.stopped) return;
    try {
      status.restored(await publisher.publish(snapshot.version), snapshot.savedAt);
      keeper.restore(snapshot.version);
    } catch (error) {
      status.failed(error instanceof Error ? error : new Error(String(error)));
    }
  }

  private follow(): void {
    const { listener, keeper, status } = this.parts;
    listener.on('connected', () => {
      status.feed(true);
      // What was committed since the first load was asked for is in the journal; after a loss, even that may be another one.
      this.wake(this.heard ? 'whole' : 'news');
      this.heard = true;
    });
    listener.on('disconnected', (reason) => status.feed(false, reason));
    listener.on('change', (seq) => {
      if (seq > (keeper.current?.seq ?? 0)) this.wake('news');
    });
    this.timer = setInterval(() => this.wake('news'), ASK_ANYWAY_MS);
    this.wake('whole');
    listener.start();
  }

  /** Looks for what is new, or at everything; never waits. */
  wake(how: 'news' | 'whole'): void {
    this.refresher.wake(how);
  }

  /** Loads nothing any more. */
  stop(): void {
    this.stopped = true;
    clearInterval(this.timer);
    this.refresher.stop();
  }

  /** Lets go of the database; a database that stands still may keep this from ending. */
  async close(): Promise<void> {
    await Promise.all([this.parts.listener.close(), this.parts.source.close()]);
  }
}
