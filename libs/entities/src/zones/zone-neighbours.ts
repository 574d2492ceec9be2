import { createHash } from 'node:crypto';
import { addressBehind, ancestorsOf, Neighbourhood, PresentFact, RecordType, WantedFact } from '@lxdm/domain';
import type { RecordSource } from './zone-record.entity';

/** A record that is to be stored; names are absolute, in lower case, with their final dot. */
export interface WantedRecord {
  owner: string;
  type: number;
  ttl: number;
  rdata: Buffer;
  /** Where it leads, for the types that lead somewhere. */
  target: string | null;
  line: number;
  column: number;
}

/** Tells where the data of a record leads: the codec of records is not ours. */
export type TargetOf = (type: number, rdata: Uint8Array) => string | undefined;

interface NeighbourRow {
  owner: string;
  type: number;
  ttl: number;
  rdata: Buffer | null;
  source: RecordSource;
  title: string | null;
}

/** Runs a query, in a transaction or outside. */
export interface Asks {
  query<Row>(sql: string, parameters?: unknown[]): Promise<Row[]>;
}

/** What the rules look at in a record that is to be stored. */
export function wantedFact({ owner, type, ttl, rdata, target, line, column }: WantedRecord): WantedFact {
  return { owner, type, ttl, target, octets: rdata.length, digest: digestOf(rdata), line, column };
}

/**
 * What surrounds records in their zone: those of others at their names and where they lead, every CNAME and NS, all there are
 * when a delegation is among them; entries that have no value yet; and containers.
 */
export async function neighbourhoodOf(
  db: Asks,
  { zone, nameserver, exceptEntry }: { zone: string; nameserver: string; exceptEntry: string | null },
  wanted: readonly WantedRecord[],
  targetOf: TargetOf,
): Promise<Neighbourhood> {
  const names = namesAround(zone, wanted);
  const delegates = wanted.some(({ owner, type }) => type === RecordType.NS && owner !== zone);
  const rows = await db.query<NeighbourRow>(
    `SELECT r.owner, r.type, r.ttl, r.rdata, r.source, coalesce(s.title, d.title, k.name) AS title FROM zone_records r
       LEFT JOIN static_entries s ON s.id = r.static_entry_id LEFT JOIN dynamic_entries d ON d.id = r.dynamic_entry_id LEFT JOIN tsig_keys k ON k.id = r.tsig_key_id
     WHERE r.zone = $1 AND r.static_entry_id IS DISTINCT FROM $2::uuid AND (r.expires_at IS NULL OR r.expires_at > now())
       AND ($4 OR r.type IN (2, 5) OR r.owner = ANY($3))
     UNION ALL
     SELECT d.owner, d.type, d.ttl, NULL, 'dynamic', d.title FROM dynamic_entries d WHERE d.zone = $1 AND d.owner = ANY($3)
       AND NOT EXISTS (SELECT 1 FROM zone_records r WHERE r.dynamic_entry_id = d.id)
     ORDER BY 1, 2, 5, 6`,
    [zone, exceptEntry, names, delegates],
  );
  const suffix = `.${zone}`;
  const labels = names.flatMap((name) => (name.endsWith(suffix) ? [name.slice(0, -suffix.length)] : []));
  const containers = await db.query<{ name: string }>(
    'SELECT name_key AS name FROM containers WHERE removed_at IS NULL AND name_key = ANY($1)',
    [labels],
  );
  return {
    zone,
    nameserver,
    records: rows.map((row) => presentFact(row, targetOf)),
    containers: new Set(containers.map(({ name }) => `${name}${suffix}`)),
    addresses: await addressNames(db, zone, wanted),
  };
}

/** The names among those of aliases and delegations at which published addresses of containers have theirs. */
async function addressNames(db: Asks, zone: string, wanted: readonly WantedRecord[]): Promise<Set<string>> {
  const [row] = await db.query<{ cidr: string }>(
    `SELECT cidr::text AS cidr FROM zones WHERE name = $1 AND kind = 'reverse' AND cidr IS NOT NULL`,
    [zone],
  );
  if (!row) return new Set();
  const asked = wanted.flatMap(({ owner, type }) => {
    const hides = type === RecordType.CNAME || type === RecordType.NS;
    const address = hides ? addressBehind(owner, { name: zone, cidr: row.cidr }) : undefined;
    return address === undefined ? [] : [{ owner, address }];
  });
  if (asked.length === 0) return new Set();
  const found = await db.query<{ owner: string }>(
    `SELECT asked.owner FROM jsonb_to_recordset($1::jsonb) AS asked(owner text, address inet)
     WHERE EXISTS (SELECT 1 FROM addresses a JOIN containers c ON c.id = a.container_id AND c.removed_at IS NULL WHERE a.published AND a.address = asked.address)`,
    [JSON.stringify(asked)],
  );
  return new Set(found.map(({ owner }) => owner));
}

function namesAround(zone: string, wanted: readonly WantedRecord[]): string[] {
  const names = new Set<string>();
  for (const { owner, target } of wanted) {
    names.add(owner);
    if (target === null || names.has(target)) continue;
    names.add(target);
    for (const ancestor of ancestorsOf(target, zone)) names.add(`*.${ancestor}`);
  }
  return [...names];
}

function presentFact({ owner, type, ttl, rdata, source, title }: NeighbourRow, targetOf: TargetOf): PresentFact {
  const data = rdata ?? Buffer.alloc(0);
  const target = (rdata && targetOf(type, rdata)) ?? null;
  return { owner, type, ttl, target, octets: data.length, digest: digestOf(data), origin: originOf(source, title) };
}

function originOf(source: RecordSource, title: string | null): string {
  const named = title === null ? '' : ` "${title}"`;
  switch (source) {
    case 'static':
      return `the static entry${named}`;
    case 'dynamic':
      return `the dynamic entry${named}`;
    case 'update':
      return `what was updated with the key${named}`;
  }
}

function digestOf(rdata: Buffer): string {
  return rdata.length <= 64 ? rdata.toString('base64') : createHash('sha256').update(rdata).digest('base64url');
}
