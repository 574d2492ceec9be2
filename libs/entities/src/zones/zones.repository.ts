import type { StoredRecord, ZoneContainer } from '@lxdm/domain';
import { Sql, SqlTransactor } from '../database/sql-transactor';
import type { FurtherTouched, ZonesContents, ZonesNews, ZonesState } from './zones-contents';

/** Of containers with the same name, one has it in the zone: ours before one found on a host, the older before the younger. */
const holders = (which: string): string =>
  which === ''
    ? ALL_HOLDERS
    : `holders AS MATERIALIZED (SELECT DISTINCT ON (name_key) id, name_key FROM containers WHERE removed_at IS NULL${which} ORDER BY name_key, adopted, created_at, id)`;

/** The same of all containers, without sorting them: a name is unique among ours, so that only those found on hosts can have none. */
const ALL_HOLDERS = `holders AS (SELECT id, name_key FROM containers WHERE removed_at IS NULL AND NOT (adopted AND id IN (
    SELECT later.id FROM containers later WHERE later.adopted AND later.removed_at IS NULL AND EXISTS (
      SELECT 1 FROM containers first WHERE first.name_key = later.name_key AND first.removed_at IS NULL
        AND (first.adopted, first.created_at, first.id) < (later.adopted, later.created_at, later.id)))))`;

/** The algorithm numbers of SSHFP (RFC 4255 §3.1.1, RFC 6594, RFC 7479), and the digest of the key as SSH sends it. */
const HOST_KEY = `CASE type WHEN 'rsa' THEN '1' WHEN 'ecdsa' THEN '3' WHEN 'ed25519' THEN '4' END || ':' || encode(sha256(decode(split_part(public_key, ' ', 2), 'base64')), 'hex')`;

/** Of all containers, looking each one up costs more than reading everything. */
const ofHolders = (which: string): string => (which === '' ? '' : ' AND container_id IN (SELECT id FROM holders)');

/**
 * The containers that have their name in the zone, with what it says about them, in no order, as a zone has none; `which` narrows them
 * down.
 */
export const containersSql = (which: string): string => `WITH ${holders(which)},
    published AS (SELECT container_id, string_agg(host(address), ' ') AS list FROM addresses
      WHERE published${ofHolders(which)} GROUP BY container_id),
    keys AS (SELECT container_id, string_agg(${HOST_KEY}, ' ') AS list FROM ssh_host_keys
      WHERE true${ofHolders(which)} GROUP BY container_id)
  SELECT h.name_key AS name, coalesce(p.list, '') AS addresses, coalesce(k.list, '') AS "hostKeys"
  FROM holders h LEFT JOIN published p ON p.container_id = h.id LEFT JOIN keys k ON k.container_id = h.id`;

const millis = (column: string): string => `floor(extract(epoch FROM ${column}) * 1000)::float8`;

/** The zones that are served: one of containers, and all that tell the names of addresses. */
const SERVED = `(name = $1 OR kind = 'reverse')`;

const STATE = `SELECT coalesce((SELECT max(seq) FROM changes), 0)::float8 AS seq, coalesce((SELECT max(id) FROM zone_journal), 0)::float8 AS journal,
  coalesce((SELECT ${millis('at')} FROM zone_journal ORDER BY id DESC LIMIT 1), 0) AS "bumpedAt",
  EXISTS (SELECT 1 FROM zone_records WHERE zone = $1 AND owner = '*.' || $1) AS wildcard,
  (SELECT json_agg(json_build_object('name', name, 'kind', kind, 'cidr', cidr, 'dnssec', dnssec, 'serial', serial) ORDER BY kind, name)
    FROM zones WHERE ${SERVED}) AS zones,
  (SELECT coalesce(json_agg(json_build_object('id', id, 'zone', zone, 'dnskey', encode(dnskey, 'hex'), 'privateKeySealed', private_key_sealed,
    'createdAt', ${millis('created_at')}, 'activeAt', ${millis('active_at')}, 'retiredAt', ${millis('retired_at')}) ORDER BY created_at, id), '[]') FROM zone_keys) AS "zoneKeys",
  (SELECT coalesce(json_agg(json_build_object('id', id, 'name', name, 'algorithm', algorithm, 'secretSealed', secret_sealed,
    'updateNames', update_names, 'updateTypes', update_types, 'mayTransfer', may_transfer) ORDER BY name), '[]') FROM tsig_keys) AS "tsigKeys",
  (SELECT coalesce(json_agg(json_build_object('id', id, 'name', name, 'address', host(address), 'port', port, 'tsigKeyId', tsig_key_id) ORDER BY name, id), '[]')
    FROM secondaries) AS secondaries`;

const RECORDS = `SELECT zone, owner, type, ttl, rdata FROM zone_records WHERE zone IN (SELECT name FROM zones WHERE ${SERVED})`;
const IN_ORDER = 'ORDER BY zone, owner, type, rdata, id';

/**
 * State, journal, and what both tables say of the names that it touches. Pruning takes the oldest entries of the journal: one that
 * old is the proof that nothing behind it is missing.
 */
const NEWS = `WITH entries AS (SELECT owners FROM zone_journal WHERE id > $2),
    touched AS (SELECT DISTINCT CASE WHEN right(owner, 1) = '.' THEN owner ELSE owner || '.' || $1 END AS owner FROM entries, unnest(owners) AS owner),
    own AS (${containersSql(` AND name_key IN (SELECT left(owner, -length($1) - 1) FROM touched WHERE right(owner, length($1) + 1) = '.' || $1)`)}),
    records AS (SELECT zone, owner, type, ttl, rdata, id FROM zone_records WHERE owner IN (SELECT owner FROM touched) AND zone IN (SELECT name FROM zones WHERE ${SERVED}))
  SELECT state.*, (SELECT count(*)::int FROM entries) AS bumps, ARRAY(SELECT owner FROM touched) AS touched,
    NOT EXISTS (SELECT 1 FROM entries WHERE owners IS NULL) AND (journal = $2 OR EXISTS (SELECT 1 FROM zone_journal WHERE id <= $2)) AS complete,
    (SELECT coalesce(json_agg(own ORDER BY name), '[]') FROM own) AS containers,
    (SELECT coalesce(json_agg(json_build_object('zone', zone, 'owner', owner, 'type', type, 'ttl', ttl, 'rdata', encode(rdata, 'hex')) ${IN_ORDER}), '[]')
      FROM records) AS records
  FROM (${STATE}) AS state`;

interface NewsRow extends Omit<ZonesNews, 'zones' | 'records'> {
  zones: ZonesNews['zones'] | null;
  records: (Omit<StoredRecord, 'rdata'> & { rdata: string })[];
}

/** The zones' serials and their inputs. */
export class ZonesRepository {
  constructor(private readonly db: SqlTransactor) {}

  /**
   * Everything, from one snapshot of the database, so that serials and contents belong together; null for a zone that it does not
   * know. Records that have expired belong to a version until they are taken out: every replica has the same for a serial.
   * @param zone the zone of containers
   */
  load(zone: string): Promise<ZonesContents | null> {
    return this.db.snapshot(async (sql) => {
      const state = await stateOf(sql, zone);
      if (!state) return null;
      const containers = await sql.query<ZoneContainer>(containersSql(''));
      return { ...state, containers, records: await sql.query<StoredRecord>(`${RECORDS} ${IN_ORDER}`, [zone]) };
    });
  }

  /**
   * What is new since an entry of the journal, from one snapshot: costs what changed and not the zones, and one way to the database
   * and back where nothing but what the journal tells has changed.
   * @param further which names and addresses change with those that the journal tells and what their containers have now
   */
  async loadNews(
    zone: string,
    since: number,
    further: (touched: readonly string[], containers: readonly ZoneContainer[]) => FurtherTouched,
  ): Promise<ZonesNews | null> {
    const news = await newsOf(this.db, zone, since);
    if (!news?.complete || isNothing(further(news.touched, news.containers))) return news;
    return this.db.snapshot(async (sql) => {
      const told = await newsOf(sql, zone, since);
      if (!told?.complete) return told;
      const { owners, addresses } = further(told.touched, told.containers);
      const neighbours = await namesOfAddresses(
        sql,
        addresses,
        told.containers.map(({ name }) => name),
      );
      const records = await sql.query<StoredRecord>(`${RECORDS} AND owner = ANY($2) ${IN_ORDER}`, [
        zone,
        owners.filter((owner) => !told.touched.includes(owner)),
      ]);
      return {
        ...told,
        touched: [...new Set([...told.touched, ...owners])],
        containers: [...told.containers, ...neighbours],
        records: [...told.records, ...records],
      };
    });
  }
}

async function stateOf(sql: Pick<Sql, 'query'>, zone: string): Promise<ZonesState | undefined> {
  const [state] = await sql.query<Omit<ZonesState, 'zones'> & { zones: ZonesState['zones'] | null }>(STATE, [zone]);
  const zones = state?.zones ?? [];
  return state && zones.some(({ name }) => name === zone) ? { ...state, zones } : undefined;
}

async function newsOf(sql: Pick<Sql, 'query'>, zone: string, since: number): Promise<ZonesNews | null> {
  const [row] = await sql.query<NewsRow>(NEWS, [zone, since]);
  if (!row?.zones?.some(({ name }) => name === zone)) return null;
  const records = row.records.map((record) => ({ ...record, rdata: Buffer.from(record.rdata, 'hex') }));
  return { ...row, zones: row.zones, records };
}

function isNothing({ owners, addresses }: FurtherTouched): boolean {
  return owners.length === 0 && addresses.length === 0;
}

/** Containers that have one of these addresses now, and were not asked for by name. */
async function namesOfAddresses(
  sql: Pick<Sql, 'query'>,
  addresses: readonly string[],
  known: readonly string[],
): Promise<ZoneContainer[]> {
  if (addresses.length === 0) return [];
  return sql.query<ZoneContainer>(
    containersSql(
      ` AND name_key IN (SELECT name_key FROM containers JOIN addresses ON container_id = containers.id WHERE published AND address = ANY($1::inet[])) AND name_key <> ALL($2)`,
    ),
    [addresses, known],
  );
}
