import type { Tx } from '../database/sql-transactor';
import type { WantedRecord } from './zone-neighbours';

/** More names than these are no news: the zone is read anew. */
const MAX_TOUCHED = 5_000;

interface StoredRow {
  id: string;
  owner: string;
  type: number;
  ttl: number;
  rdata: Buffer;
  line: number | null;
}

/** Makes the records of an entry what its text says; what stays as it is, is not touched, so that a change costs what it changes. */
export async function replaceStaticRecords(
  tx: Tx,
  { id, zone }: { id: string; zone: string },
  records: readonly WantedRecord[],
): Promise<void> {
  const stored = await tx.query<StoredRow>(
    'SELECT id, owner, type, ttl, rdata, line FROM zone_records WHERE static_entry_id = $1',
    [id],
  );
  const left = new Map(stored.map((row) => [keyOf(row), row]));
  const added: WantedRecord[] = [];
  const moved: { id: string; line: number }[] = [];
  for (const record of records) {
    const key = keyOf(record);
    const known = left.get(key);
    if (!known) added.push(record);
    else if (known.line !== record.line) moved.push({ id: known.id, line: record.line });
    left.delete(key);
  }
  await removeRows(
    tx,
    [...left.values()].map((row) => row.id),
  );
  await addRows(tx, { id, zone }, added);
  await moveRows(tx, moved);
  const owners = new Set([...left.values(), ...added].map(({ owner }) => owner));
  if (owners.size > 0) tx.zoneChanged(owners.size <= MAX_TOUCHED ? { owners: [...owners] } : undefined);
}

function keyOf({ owner, type, ttl, rdata }: Pick<StoredRow, 'owner' | 'type' | 'ttl' | 'rdata'>): string {
  return `${owner} ${type} ${ttl} ${rdata.toString('base64')}`;
}

async function removeRows(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await tx.query('DELETE FROM zone_records WHERE id = ANY($1)', [ids]);
}

async function addRows(tx: Tx, entry: { id: string; zone: string }, records: readonly WantedRecord[]): Promise<void> {
  if (records.length === 0) return;
  const rows = records.map(({ rdata, owner, type, ttl, line }) => ({
    owner,
    type,
    ttl,
    line,
    data: rdata.toString('hex'),
  }));
  await tx.query(
    `INSERT INTO zone_records (zone, owner, type, ttl, rdata, source, static_entry_id, line)
     SELECT $1, owner, type, ttl, decode(data, 'hex'), 'static', $2, line
     FROM jsonb_to_recordset($3::jsonb) AS r(owner text, type int, ttl int, data text, line int)`,
    [entry.zone, entry.id, JSON.stringify(rows)],
  );
}

async function moveRows(tx: Tx, moved: readonly { id: string; line: number }[]): Promise<void> {
  if (moved.length === 0) return;
  await tx.query(
    `UPDATE zone_records r SET line = m.line FROM jsonb_to_recordset($1::jsonb) AS m(id uuid, line int) WHERE r.id = m.id`,
    [JSON.stringify(moved)],
  );
}
