import type { Check } from '@lxdm/runtime';
import type { Logger } from 'pino';
import * as metrics from '../dns-metrics';
import { zoneChecks } from './zone-health';
import type { ServedVersion } from './zone-publisher';

/** What is known about the zones that are served, for the log, metrics and health. */
export class ZoneStatus {
  private version: ServedVersion | undefined;
  private skipped = 0;
  private confirmedAt: Date | undefined;
  /** When what is served was saved, while the database has not confirmed it. */
  private savedAt: Date | undefined;
  private problem: string | undefined;
  private feedHeard: boolean | undefined;

  constructor(private readonly log: Logger) {}

  /** The database has confirmed a version, perhaps the one from before. */
  confirmed(version: ServedVersion, milliseconds: number, skipped: number): void {
    const { serial, seq, how } = version;
    this.version = version;
    this.skipped = skipped;
    if (how !== 'same') {
      metrics.zoneSerial.set(serial);
      metrics.zoneRrsets.set(rrsets(version));
      metrics.zoneSkipped.set(skipped);
      this.log.info({ serial, seq, how, milliseconds: Math.round(milliseconds * 10) / 10 }, 'zone loaded');
    }
    if (this.problem !== undefined) this.log.info('the database answers again');
    this.problem = undefined;
    this.confirmedAt = new Date();
    this.savedAt = undefined;
    metrics.zoneFromSnapshot.set(0);
    metrics.zoneConfirmed.set(this.confirmedAt.getTime() / 1000);
    metrics.zoneLoads.inc({ how });
    metrics.zoneLoadSeconds.observe(milliseconds / 1000);
  }

  /** What an earlier process saved is served. */
  restored(version: ServedVersion, savedAt: Date): void {
    this.version = version;
    this.savedAt = savedAt;
    metrics.zoneFromSnapshot.set(1);
    metrics.zoneSerial.set(version.serial);
    metrics.zoneRrsets.set(rrsets(version));
    this.log.warn(
      { serial: version.serial, savedAt },
      'zones are served from the snapshot until the database is heard',
    );
  }

  failed(err: Error): void {
    // Once for each reason: the database may be away for days.
    if (this.problem !== err.message) this.log.error({ err }, 'the zone could not be loaded; it is tried again');
    this.problem = err.message;
    metrics.zoneLoadFailures.inc();
  }

  feed(heard: boolean, reason?: string): void {
    metrics.feedConnected.set(heard ? 1 : 0);
    if (heard) this.log.info('the change feed is heard');
    // Once for each loss: it is tried again every two seconds, perhaps for days.
    else if (this.feedHeard !== false) this.log.warn({ reason }, 'the change feed is not heard');
    this.feedHeard = heard;
  }

  checks(): Check[] {
    const { version, skipped, confirmedAt, savedAt, problem, feedHeard } = this;
    return zoneChecks(
      {
        serial: version?.serial,
        rrsets: version ? rrsets(version) : 0,
        skipped,
        confirmedAt,
        savedAt,
        problem,
        feedHeard: feedHeard === true,
      },
      new Date(),
    );
  }
}

function rrsets({ served }: ServedVersion): number {
  let count = 0;
  for (const zone of served.values()) count += zone.size;
  return count;
}
