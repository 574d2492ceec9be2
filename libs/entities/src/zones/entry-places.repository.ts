import { nameKey } from '@lxdm/domain';
import { Tx } from '../database/sql-transactor';
import { Transactor } from '../database/transactor';

/** A container that may have an entry of its own. */
export interface EntryContainer {
  id: string;
  name: string;
  nameKey: string;
  projectId: string | null;
  /** False for one whose name another container has in the zone. */
  holdsName: boolean;
}

/** What is around dynamic entries: other records at their names, and containers that may have an entry. */
export class EntryPlacesRepository {
  constructor(private readonly db: Transactor) {}

  /** What stands at a name besides one entry's values: the types there, and by whom. */
  typesAt(
    tx: Tx,
    zone: string,
    owner: string,
    exceptEntry: string | null,
  ): Promise<{ type: number; source: string }[]> {
    return tx.query<{ type: number; source: string }>(
      `SELECT DISTINCT type, source FROM zone_records WHERE zone = $1 AND owner = $2 AND dynamic_entry_id IS DISTINCT FROM $3
       UNION SELECT type, 'entry' FROM dynamic_entries WHERE zone = $1 AND owner = $2 AND id IS DISTINCT FROM $3`,
      [zone, owner, exceptEntry],
    );
  }

  /** True when a live container has that name. */
  async isContainer(tx: Tx, name: string): Promise<boolean> {
    const rows = await tx.query('SELECT 1 FROM containers WHERE name_key = $1 AND removed_at IS NULL LIMIT 1', [name]);
    return rows.length > 0;
  }

  /** A live container by its id or its name; of several with one name, the one that has it in the zone. */
  async container(idOrName: string): Promise<EntryContainer | null> {
    const [row] = await this.db.query<EntryContainer>(
      `SELECT c.id, c.name, c.name_key AS "nameKey", c.project_id AS "projectId",
         c.id = (SELECT o.id FROM containers o WHERE o.name_key = c.name_key AND o.removed_at IS NULL ORDER BY o.adopted, o.created_at, o.id LIMIT 1) AS "holdsName"
       FROM containers c WHERE c.removed_at IS NULL AND (c.id::text = lower($1) OR c.name_key = $2) ORDER BY 5 DESC LIMIT 1`,
      [idOrName, nameKey(idOrName)],
    );
    return row ?? null;
  }

  /** Keeps a live container from being removed until the transaction ends. */
  async holdContainer(tx: Tx, id: string): Promise<boolean> {
    const rows = await tx.query('SELECT 1 FROM containers WHERE id = $1 AND removed_at IS NULL FOR SHARE', [id]);
    return rows.length > 0;
  }
}
