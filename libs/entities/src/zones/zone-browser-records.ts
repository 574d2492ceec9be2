import type { RecordSource } from './zone-record.entity';

/** Where a record comes from: the settings, a container, a row, or the address of a container. */
export type ShownSource = 'apex' | 'container' | 'reverse' | RecordSource;

/** A record as it is shown; whether it is served, the name server's own rules say. */
export interface ShownRecord {
  /** Of a row; null for what follows from something else. */
  id: string | null;
  owner: string;
  type: number;
  ttl: number;
  rdata: Buffer;
  source: ShownSource;
  origin: { id: string; name: string } | null;
  expiresAt: Date | null;
}

/** A record that follows from settings or addresses. */
export interface GivenRecord {
  owner: string;
  type: number;
  ttl: number;
  /** In hexadecimal digits. */
  rdata: string;
  source: 'apex' | 'reverse';
  originId: string | null;
  originName: string | null;
}

/** Which records. */
export interface RecordsQuery {
  zone: string;
  /** What is no row: the zone's top, the pointers of a reverse zone. */
  given: readonly GivenRecord[];
  /** In owner names, addresses and the names of entries and containers, without regard to case. */
  filter?: string;
  /** Exactly this name, absolute. */
  owner?: string;
  type?: number;
  source?: ShownSource;
  offset: number;
  limit: number;
}

/** Everything that a zone says, in the order of names: rows, containers of the forward zone, and what was given ($2). */
const ALL = `
  SELECT r.id, r.owner, r.type, r.ttl, r.rdata, r.source, coalesce(s.id, d.id, k.id) AS origin_id, coalesce(s.title, d.title, k.name) AS origin_name,
    r.expires_at, coalesce(r.value, '') AS words
  FROM zone_records r LEFT JOIN static_entries s ON s.id = r.static_entry_id LEFT JOIN dynamic_entries d ON d.id = r.dynamic_entry_id
    LEFT JOIN tsig_keys k ON k.id = r.tsig_key_id WHERE r.zone = $1
  UNION ALL
  SELECT NULL, c.name_key || '.' || $1, CASE a.family WHEN 4 THEN 1 ELSE 28 END, 60, substring(inet_send(a.address) FROM 5), 'container', c.id, c.name, NULL, host(a.address)
  FROM addresses a JOIN containers c ON c.id = a.container_id AND c.removed_at IS NULL
  WHERE a.published AND EXISTS (SELECT 1 FROM zones z WHERE z.name = $1 AND z.kind = 'forward')
  UNION ALL
  SELECT NULL, c.name_key || '.' || $1, 44, 60, decode(CASE k.type WHEN 'rsa' THEN '01' WHEN 'ecdsa' THEN '03' ELSE '04' END || '02', 'hex')
    || sha256(decode(split_part(k.public_key, ' ', 2), 'base64')), 'container', c.id, c.name, NULL, k.fingerprint
  FROM ssh_host_keys k JOIN containers c ON c.id = k.container_id AND c.removed_at IS NULL
  WHERE EXISTS (SELECT 1 FROM zones z WHERE z.name = $1 AND z.kind = 'forward')
  UNION ALL
  SELECT NULL, g.owner, g.type, g.ttl, decode(g.rdata, 'hex'), g.source, g."originId", g."originName", NULL, ''
  FROM jsonb_to_recordset($2::jsonb) AS g(owner text, type int, ttl int, rdata text, source text, "originId" uuid, "originName" text)`;

/** One page, each row with the number of all. */
export const RECORDS_PAGE = `SELECT a.id, a.owner, a.type, a.ttl, a.rdata, a.source, a.expires_at AS "expiresAt", count(*) OVER ()::int AS total,
    CASE WHEN a.origin_id IS NOT NULL THEN json_build_object('id', a.origin_id, 'name', a.origin_name) END AS origin
  FROM (${ALL}) a
  WHERE ($3::text IS NULL OR lower(a.owner || ' ' || a.words || ' ' || coalesce(a.origin_name, '')) LIKE $3) AND ($4::int IS NULL OR a.type = $4) AND ($5::text IS NULL OR a.source = $5)
    AND ($8::text IS NULL OR a.owner = $8)
  ORDER BY a.owner = $1 DESC, a.owner, a.type, a.rdata, a.id NULLS FIRST OFFSET $6 LIMIT $7`;
