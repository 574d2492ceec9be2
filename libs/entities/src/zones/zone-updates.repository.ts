import { MAX_UPDATE_NAMES, ServedZone, ZoneContainer } from '@lxdm/domain';
import { AuditRepository, NewAuditEvent } from '../audit/audit.repository';
import { SqlTransactor, Tx } from '../database/sql-transactor';
import type { RecordSource } from './zone-record.entity';
import { containersSql } from './zones.repository';
import { lockZoneText } from './zone-text-lock';
import { UpdateRefusal } from './update-refusal';

/** A stored record as an update sees it. */
export interface UpdatableRecord {
  id: string;
  /** Absolute, in lower case, with its final dot. */
  owner: string;
  type: number;
  ttl: number;
  rdata: Buffer;
  source: RecordSource;
}

/** The part of a zone that an update speaks of. */
export interface UpdateScope {
  zone: string;
  /** Absolute, in lower case, with their final dots. */
  owners: readonly string[];
  /** Names of containers among the owners, relative to the zone of containers. */
  containers: readonly string[];
  /** Addresses that the owners stand for, in a reverse zone. */
  addresses: readonly string[];
}

/** What an update is decided on: nothing of it changes before the decision is carried out. */
export interface UpdateInputs {
  /** All zones. */
  zones: ServedZone[];
  /** Containers that have one of the names or addresses. */
  containers: ZoneContainer[];
  /** The records of the owners, in the zone. */
  records: UpdatableRecord[];
}

/** What is to be done. */
export interface UpdateDecision {
  /** Ids of the records that go. */
  removed: readonly string[];
  added: readonly { owner: string; type: number; ttl: number; rdata: Buffer }[];
  /** Written down with it when anything changes. */
  audit: NewAuditEvent;
}

/** Changes zones by dynamic updates (RFC 2136). */
export class ZoneUpdatesRepository {
  private readonly audit: AuditRepository;

  constructor(private readonly db: SqlTransactor) {
    this.audit = new AuditRepository(db);
  }

  /** Notes that a key was used. */
  async touchKey(id: string): Promise<void> {
    await this.db.query('UPDATE tsig_keys SET last_used_at = now() WHERE id = $1', [id]);
  }

  /** Writes an entry of an update that was refused. */
  noteRefusal(event: NewAuditEvent): Promise<void> {
    return this.audit.note(event);
  }

  /**
   * One update: decided on the newest data, and carried out before anybody else changes a zone (RFC 2136 §3.7).
   * @param decide undefined changes nothing
   * @returns the zone's serial from which on the change is contained; null when nothing changed
   * @throws UpdateRefusal when the key or the zone is gone, or the key would have records at too many names
   */
  update(
    { zone, owners, containers, addresses }: UpdateScope,
    keyId: string,
    decide: (inputs: UpdateInputs) => UpdateDecision | undefined,
  ): Promise<number | null> {
    return this.db.run(async (tx) => {
      await lockZoneText(tx);
      await tx.announceAlone();
      const inputs = {
        zones: await tx.query<ServedZone>('SELECT name, kind, cidr, serial::float8 AS serial FROM zones'),
        containers: await containersOf(tx, containers, addresses),
        records: await tx.query<UpdatableRecord>(
          `SELECT id, owner, type, ttl, rdata, source FROM zone_records WHERE zone = $1 AND owner = ANY($2) ORDER BY owner, type, rdata, id`,
          [zone, owners],
        ),
      };
      const decision = decide(inputs);
      if (!decision || decision.removed.length + decision.added.length === 0) return null;
      if (!inputs.zones.some(({ name }) => name === zone)) throw new UpdateRefusal(`the zone ${zone} is gone`);
      await carryOut(tx, zone, keyId, decision);
      await this.audit.record(tx, decision.audit);
      const gone = new Set(decision.removed);
      const touched = inputs.records.filter(({ id }) => gone.has(id)).map(({ owner }) => owner);
      tx.zoneChanged({ owners: [...new Set([...touched, ...decision.added.map(({ owner }) => owner)])] });
      const serial = inputs.zones.find(({ name }) => name === zone)?.serial ?? 0;
      return (serial + 1) % 2 ** 32;
    });
  }
}

async function containersOf(tx: Tx, names: readonly string[], addresses: readonly string[]): Promise<ZoneContainer[]> {
  if (names.length + addresses.length === 0) return [];
  return tx.query<ZoneContainer>(
    containersSql(
      ` AND (name_key = ANY($1) OR name_key IN (SELECT name_key FROM containers JOIN addresses ON container_id = containers.id WHERE published AND address = ANY($2::inet[])))`,
    ),
    [names, addresses],
  );
}

async function carryOut(tx: Tx, zone: string, keyId: string, { removed, added }: UpdateDecision): Promise<void> {
  // Before anything is removed: a key that has records at more names from of old may still put one in place of another.
  const before = added.length > 0 ? await namesOfKey(tx, keyId) : 0;
  if (removed.length > 0) await tx.query('DELETE FROM zone_records WHERE id = ANY($1)', [removed]);
  if (added.length === 0) return;
  const [key] = await tx.query('SELECT 1 FROM tsig_keys WHERE id = $1 FOR KEY SHARE', [keyId]);
  if (!key) throw new UpdateRefusal('the key is gone');
  await tx.query(
    `INSERT INTO zone_records (zone, owner, type, ttl, rdata, source, tsig_key_id)
     SELECT $1, owner, type, ttl, rdata, 'update', $2 FROM unnest($3::text[], $4::int[], $5::int[], $6::bytea[]) AS r(owner, type, ttl, rdata)`,
    [
      zone,
      keyId,
      added.map(({ owner }) => owner),
      added.map(({ type }) => type),
      added.map(({ ttl }) => ttl),
      added.map(({ rdata }) => rdata),
    ],
  );
  // Most keys have few names: for them the second count is not needed.
  if (before + added.length <= MAX_UPDATE_NAMES) return;
  const names = await namesOfKey(tx, keyId);
  if (names > MAX_UPDATE_NAMES && names > before)
    throw new UpdateRefusal(
      `the key would have records at ${names} names, at most ${MAX_UPDATE_NAMES} are for one key`,
    );
}

async function namesOfKey(tx: Tx, keyId: string): Promise<number> {
  const [row] = await tx.query<{ names: number }>(
    'SELECT count(*)::int AS names FROM (SELECT DISTINCT zone, owner FROM zone_records WHERE tsig_key_id = $1) AS held',
    [keyId],
  );
  return row?.names ?? 0;
}
