import type { Check } from '@lxdm/runtime';

/** What the health of a zone follows from. */
export interface ZoneFacts {
  serial: number | undefined;
  rrsets: number;
  skipped: number;
  /** When the database last confirmed what is served. */
  confirmedAt: Date | undefined;
  /** When it was saved, while it is a snapshot from before this process that the database has not confirmed. */
  savedAt?: Date | undefined;
  /** Why the last load failed, if it did. */
  problem: string | undefined;
  feedHeard: boolean;
}

/**
 * The checks of a name server: ready as soon as it has a zone, and it stays ready when the database is lost,
 * because the last good answers are better than none. The details tell how old they are.
 */
export function zoneChecks(facts: ZoneFacts, now: Date): Check[] {
  const { serial, confirmedAt, problem, feedHeard } = facts;
  const since = facts.savedAt ?? confirmedAt;
  const age = since ? Math.max(0, Math.round((now.getTime() - since.getTime()) / 1000)) : 0;
  const how = facts.savedAt ? 'from the snapshot, saved' : 'confirmed';
  const skipped = facts.skipped > 0 ? `, ${facts.skipped} names cannot be served` : '';
  const zone =
    serial === undefined
      ? `no zone yet, every query is answered with SERVFAIL: ${problem ?? 'it is being loaded'}`
      : `serial ${serial}, ${facts.rrsets} RRsets, ${how} ${age} s ago${skipped}`;
  const lost = `${problem ?? 'the change feed is not heard'}; what was loaded last is served`;
  const fine = feedHeard && problem === undefined;
  return [
    { name: 'zone', ok: serial !== undefined, detail: zone },
    { name: 'database', ok: fine || serial !== undefined, detail: fine ? 'answers' : lost },
  ];
}
