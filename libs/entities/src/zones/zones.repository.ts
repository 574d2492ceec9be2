import type { StoredRecord, ZoneContainer } from '@lxdm/domain';
import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { Transactor } from '../database/transactor';
import type { FurtherTouched, ZonesContents, ZonesNews, ZonesState } from './zones-contents';

/** Of containers with the same name, one has it in the zone: ours before one found on a host, the older before the younger. */
const holders = (which: string): string =>
  `holders AS MATERIALIZED (SELECT DISTINCT ON (name_key) id, name_key FROM containers WHERE removed_at IS NULL${which} ORDER BY name_key, adopted, created_at, id)`;

/** The algorithm numbers of SSHFP (RFC 4255 §3.1.1, RFC 6594, RFC 7479), and the digest of the key as SSH sends it. */
const HOST_KEY = `CASE type WHEN 'rsa' THEN '1' WHEN 'ecdsa' THEN '3' WHEN 'ed25519' THEN '4' END || ':' || encode(sha256(decode(split_part(public_key, ' ', 2), 'base64')), 'hex')`;

/** Of all containers, looking each one up costs more than reading everything. */
const ofHolders = (which: string): string => (which === '' ? '' : ' AND container_id IN (SELECT id FROM holders)');

/** The containers that have their name in the zone, with what it says about them; `which` narrows them down. */
export const containersSql = (which: string): string => `WITH ${holders(which)},
    published AS (SELECT container_id, string_agg(host(address), ' ' ORDER BY address) AS list FROM addresses
      WHERE published${ofHolders(which)} GROUP BY container_id),
    keys AS (SELECT container_id, string_agg(${HOST_KEY}, ' ' ORDER BY type) AS list FROM ssh_host_keys
      WHERE true${ofHolders(which)} GROUP BY container_id)
  SELECT h.name_key AS name, coalesce(p.list, '') AS addresses, coalesce(k.list, '') AS "hostKeys"
  FROM holders h LEFT JOIN published p ON p.container_id = h.id LEFT JOIN keys k ON k.container_id = h.id ORDER BY h.name_key`;

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

/** The zones' serials and their inputs. */
@Injectable()
export class ZonesRepository {
  constructor(private readonly db: Transactor) {}

  /**
   * Everything, from one snapshot of the database, so that serials and contents belong together; null for a zone that it does not
   * know. Records that have expired belong to a version until they are taken out: every replica has the same for a serial.
   * @param zone the zone of containers
   */
  load(zone: string): Promise<ZonesContents | null> {
    return this.snapshot(async (manager) => {
      const state = await stateOf(manager, zone);
      if (!state) return null;
      // Compiling the question would cost more than answering it.
      await manager.query('SET LOCAL jit = off');
      const containers = await manager.query<ZoneContainer[]>(containersSql(''));
      return { ...state, containers, records: await manager.query<StoredRecord[]>(`${RECORDS} ${IN_ORDER}`, [zone]) };
    });
  }

  /**
   * What is new since an entry of the journal, from one snapshot: costs what changed and not the zones.
   * @param further which names and addresses change with those that the journal tells and what their containers have now
   */
  loadNews(
    zone: string,
    since: number,
    further: (touched: readonly string[], containers: readonly ZoneContainer[]) => FurtherTouched,
  ): Promise<ZonesNews | null> {
    return this.snapshot(async (manager) => {
      const state = await stateOf(manager, zone);
      if (!state) return null;
      const nothing = { containers: [], records: [], bumps: 0, touched: [], complete: true };
      if (state.journal === since) return { ...state, ...nothing };
      const journal = await journalSince(manager, zone, since);
      if (!journal.complete) return { ...state, ...nothing, ...journal };
      const names = containerNames(journal.touched, zone);
      const own = await manager.query<ZoneContainer[]>(containersSql(' AND name_key = ANY($1)'), [names]);
      const { owners, addresses } = further(journal.touched, own);
      const neighbours = await namesOfAddresses(manager, addresses, names);
      const touched = [...new Set([...journal.touched, ...owners])];
      const records = await manager.query<StoredRecord[]>(`${RECORDS} AND owner = ANY($2) ${IN_ORDER}`, [
        zone,
        touched,
      ]);
      return { ...state, ...journal, touched, containers: [...own, ...neighbours], records };
    });
  }

  private snapshot<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.db.dataSource.transaction('REPEATABLE READ', work);
  }
}

async function stateOf(manager: EntityManager, zone: string): Promise<ZonesState | undefined> {
  const [state] = await manager.query<(Omit<ZonesState, 'zones'> & { zones: ZonesState['zones'] | null })[]>(STATE, [
    zone,
  ]);
  const zones = state?.zones ?? [];
  return state && zones.some(({ name }) => name === zone) ? { ...state, zones } : undefined;
}

async function journalSince(
  manager: EntityManager,
  zone: string,
  since: number,
): Promise<Pick<ZonesNews, 'bumps' | 'touched' | 'complete'>> {
  const [row] = await manager.query<{ bumps: number; complete: boolean; owners: string[] }[]>(
    `SELECT count(*)::int AS bumps,
       -- Pruning takes the oldest entries: one that old is the proof that nothing behind it is missing.
       coalesce(bool_and(owners IS NOT NULL), true) AND EXISTS (SELECT 1 FROM zone_journal WHERE id <= $1) AS complete,
       ARRAY(SELECT DISTINCT unnest(owners) FROM zone_journal WHERE id > $1) AS owners
     FROM zone_journal WHERE id > $1`,
    [since],
  );
  const { bumps = 0, complete = false, owners = [] } = row ?? {};
  return { bumps, complete, touched: owners.map((owner) => (owner.endsWith('.') ? owner : `${owner}.${zone}`)) };
}

/** Containers that have one of these addresses now, and were not asked for by name. */
async function namesOfAddresses(
  manager: EntityManager,
  addresses: readonly string[],
  known: readonly string[],
): Promise<ZoneContainer[]> {
  if (addresses.length === 0) return [];
  return manager.query<ZoneContainer[]>(
    containersSql(
      ` AND name_key IN (SELECT name_key FROM containers JOIN addresses ON container_id = containers.id WHERE published AND address = ANY($1::inet[])) AND name_key <> ALL($2)`,
    ),
    [addresses, known],
  );
}

function containerNames(owners: readonly string[], zone: string): string[] {
  const suffix = `.${zone}`;
  return owners.filter((owner) => owner.endsWith(suffix)).map((owner) => owner.slice(0, -suffix.length));
}
