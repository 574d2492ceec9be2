import { zoneChecks, ZoneFacts } from './zone-health';

const now = new Date('2026-01-01T00:01:00Z');
const fine: ZoneFacts = {
  serial: 7,
  rrsets: 12,
  skipped: 0,
  confirmedAt: new Date('2026-01-01T00:00:57Z'),
  problem: undefined,
  feedHeard: true,
};

it.each<[string, Partial<ZoneFacts>, boolean, string, string]>([
  ['all is well', {}, true, 'serial 7, 12 RRsets, confirmed 3 s ago', 'answers'],
  [
    'the database is lost',
    { problem: 'ECONNREFUSED', feedHeard: false },
    true,
    'serial 7, 12 RRsets, confirmed 3 s ago',
    'ECONNREFUSED; what was loaded last is served',
  ],
  [
    'only the feed is lost',
    { feedHeard: false },
    true,
    'serial 7, 12 RRsets, confirmed 3 s ago',
    'the change feed is not heard; what was loaded last is served',
  ],
  [
    'it has started without a database',
    { confirmedAt: undefined, savedAt: new Date('2026-01-01T00:00:50Z'), problem: 'ECONNREFUSED', feedHeard: false },
    true,
    'serial 7, 12 RRsets, from the snapshot, saved 10 s ago',
    'ECONNREFUSED; what was loaded last is served',
  ],
  ['names are left out', { skipped: 2 }, true, '3 s ago, 2 names cannot be served', 'answers'],
  [
    'there was never a database',
    { serial: undefined, confirmedAt: undefined, problem: 'ECONNREFUSED', feedHeard: false },
    false,
    'no zone yet, every query is answered with SERVFAIL: ECONNREFUSED',
    'ECONNREFUSED',
  ],
])('when %s', (_what, part, ready, zone, database) => {
  const checks = zoneChecks({ ...fine, ...part }, now);
  expect(checks.every(({ ok }) => ok)).toBe(ready);
  expect(checks.find(({ name }) => name === 'zone')?.detail).toContain(zone);
  expect(checks.find(({ name }) => name === 'database')?.detail).toContain(database);
});
