import type { HostAct } from '@lxdm/entities';

/** So many acts on one container are written down in one minute of its host's clock. */
const MOST = 10;
const MINUTE_MS = 60_000;
/** So many containers are counted at a time; what happens to others meanwhile is not written down. */
const MOST_COUNTED = 2_000;

interface Count {
  last: HostAct;
  seen: number;
  closesAt: number;
}

/** Lets through a few acts a minute on each container, and counts the rest: one that restarts in a loop must not fill the log. Pure. */
export class ActLimiter {
  private readonly counts = new Map<string, Count>();

  /** Whether an act is to be written down; `now` is our clock, in milliseconds. */
  admit(act: HostAct, now: number): boolean {
    const key = `${act.hostId} ${act.name} ${Math.floor(act.at.getTime() / MINUTE_MS)}`;
    const count = this.counts.get(key);
    if (count) {
      count.last = act;
      return ++count.seen <= MOST;
    }
    if (this.counts.size >= MOST_COUNTED) return false;
    this.counts.set(key, { last: act, seen: 1, closesAt: now + MINUTE_MS });
    return true;
  }

  /** For every minute that is over: an act that says how many more there were, the same in every process that counted. */
  close(now: number): HostAct[] {
    const acts: HostAct[] = [];
    for (const [key, { last, seen, closesAt }] of this.counts) {
      if (now < closesAt) continue;
      this.counts.delete(key);
      if (seen > MOST) acts.push({ ...last, key: `more ${key}`, detail: { ...last.detail, more: seen - MOST } });
    }
    return acts;
  }
}
