import { DomainError } from '@lxdm/domain';
import { Tx, violatedIndex } from '../database/sql-transactor';
import { Transactor } from '../database/transactor';
import type { TsigKeyRow } from './tsig-key.entity';

/** A key as it is shown: without its secret. */
export type TsigKeyView = Pick<
  TsigKeyRow,
  'id' | 'name' | 'algorithm' | 'updateNames' | 'updateTypes' | 'mayTransfer' | 'createdAt' | 'lastUsedAt'
>;

/** What a key opens. */
export type TsigRights = Pick<TsigKeyRow, 'updateNames' | 'updateTypes' | 'mayTransfer'>;

/** A key that is wanted; its secret is sealed for exactly this row. */
export type NewTsigKey = TsigRights & Pick<TsigKeyRow, 'id' | 'name' | 'algorithm' | 'secretSealed' | 'createdById'>;

/** The feed's word for keys and secondaries: no zone's serial moves. */
const NO_ZONE = '00000000-0000-0000-0000-000000000000';

const VIEW = `SELECT id, name, algorithm, update_names AS "updateNames", update_types AS "updateTypes", may_transfer AS "mayTransfer",
  created_at AS "createdAt", last_used_at AS "lastUsedAt" FROM tsig_keys`;

/** Secrets shared with clients of the name server. */
export class TsigKeysRepository {
  constructor(private readonly db: Transactor) {}

  list(): Promise<TsigKeyView[]> {
    return this.db.query(`${VIEW} ORDER BY name`);
  }

  async find(id: string): Promise<TsigKeyView | null> {
    return (await this.db.query<TsigKeyView>(`${VIEW} WHERE id = $1`, [id]))[0] ?? null;
  }

  /** @throws DomainError `conflict` when the name is taken */
  async create(tx: Tx, key: NewTsigKey): Promise<void> {
    try {
      await tx.query(
        `INSERT INTO tsig_keys (id, name, algorithm, secret_sealed, update_names, update_types, may_transfer, created_by_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [
          key.id,
          key.name,
          key.algorithm,
          key.secretSealed,
          key.updateNames,
          key.updateTypes,
          key.mayTransfer,
          key.createdById,
        ],
      );
    } catch (error) {
      if (violatedIndex(error) === undefined) throw error;
      throw new DomainError('conflict', `There is already a key named ${key.name}`);
    }
    tx.changed('zone', NO_ZONE);
  }

  /** @returns the key's name, or null when there is none */
  async setRights(tx: Tx, id: string, { updateNames, updateTypes, mayTransfer }: TsigRights): Promise<string | null> {
    const [row] = await tx.query<{ name: string }>(
      'UPDATE tsig_keys SET update_names = $2, update_types = $3, may_transfer = $4 WHERE id = $1 RETURNING name',
      [id, updateNames, updateTypes, mayTransfer],
    );
    tx.changed('zone', NO_ZONE);
    return row?.name ?? null;
  }

  /** What it put into the zones stays. @returns the key's name, or null when there is none; who signs with it, when it is in use */
  async remove(tx: Tx, id: string): Promise<{ name: string } | { usedBy: string } | null> {
    // Held first: nobody begins to sign with it between the question and the removal.
    await tx.query('SELECT 1 FROM tsig_keys WHERE id = $1 FOR UPDATE', [id]);
    const [user] = await tx.query<{ name: string }>('SELECT name FROM secondaries WHERE tsig_key_id = $1 LIMIT 1', [
      id,
    ]);
    if (user) return { usedBy: user.name };
    const [row] = await tx.query<{ name: string }>('DELETE FROM tsig_keys WHERE id = $1 RETURNING name', [id]);
    tx.changed('zone', NO_ZONE);
    return row ?? null;
  }
}
