import { DomainError } from '@lxdm/domain';
import { Tx, violatedIndex } from '../database/sql-transactor';
import { Transactor } from '../database/transactor';

/** A secondary as it is shown. */
export interface SecondaryView {
  id: string;
  name: string;
  address: string;
  port: number;
  tsigKey: { id: string; name: string } | null;
  notifiedSerial: number | null;
  notifiedAt: Date | null;
  transferredSerial: number | null;
  transferredAt: Date | null;
  error: string | null;
  createdAt: Date;
}

/** A secondary that is wanted. */
export type NewSecondary = Pick<SecondaryView, 'name' | 'address' | 'port'> & { tsigKeyId: string | null };

/** The feed's word for keys and secondaries: no zone's serial moves. */
const NO_ZONE = '00000000-0000-0000-0000-000000000000';

const VIEW = `SELECT s.id, s.name, host(s.address) AS address, s.port, CASE WHEN k.id IS NOT NULL THEN json_build_object('id', k.id, 'name', k.name) END AS "tsigKey",
    s.notified_serial::float8 AS "notifiedSerial", s.notified_at AS "notifiedAt", s.transferred_serial::float8 AS "transferredSerial",
    s.transferred_at AS "transferredAt", s.error, s.created_at AS "createdAt"
  FROM secondaries s LEFT JOIN tsig_keys k ON k.id = s.tsig_key_id`;

/** Servers that follow our zones. */
export class SecondariesRepository {
  constructor(private readonly db: Transactor) {}

  list(): Promise<SecondaryView[]> {
    return this.db.query(`${VIEW} ORDER BY lower(s.name), s.id`);
  }

  async find(id: string): Promise<SecondaryView | null> {
    return (await this.db.query<SecondaryView>(`${VIEW} WHERE s.id = $1`, [id]))[0] ?? null;
  }

  /** @returns its id. @throws DomainError `conflict` when its address and port are another's, or its key is gone */
  async create(tx: Tx, { name, address, port, tsigKeyId }: NewSecondary): Promise<string> {
    if (tsigKeyId !== null && !(await holdKey(tx, tsigKeyId)))
      throw new DomainError('conflict', 'The key has been removed meanwhile: choose another one.');
    try {
      const [row] = await tx.query<{ id: string }>(
        'INSERT INTO secondaries (name, address, port, tsig_key_id) VALUES ($1, $2, $3, $4) RETURNING id',
        [name, address, port, tsigKeyId],
      );
      if (!row) throw new Error('a secondary was not inserted');
      tx.changed('zone', NO_ZONE);
      return row.id;
    } catch (error) {
      if (violatedIndex(error) === undefined) throw error;
      throw new DomainError('conflict', `There is already a secondary at ${address}, port ${port}.`);
    }
  }

  /** @returns its name, or null when there is none */
  async remove(tx: Tx, id: string): Promise<string | null> {
    const [row] = await tx.query<{ name: string }>('DELETE FROM secondaries WHERE id = $1 RETURNING name', [id]);
    tx.changed('zone', NO_ZONE);
    return row?.name ?? null;
  }
}

/** Keeps a key from being removed until the transaction ends. */
async function holdKey(tx: Tx, id: string): Promise<boolean> {
  return (await tx.query('SELECT 1 FROM tsig_keys WHERE id = $1 FOR KEY SHARE', [id])).length > 0;
}
