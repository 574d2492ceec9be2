import { Injectable } from '@nestjs/common';
import { Transactor } from '../database/transactor';

/** All that the name server needs to build a zone. */
export interface ZoneContents {
  serial: number;
  /** The change feed's last entry that is surely contained. */
  seq: number;
  names: { name: string; address: string; family: 4 | 6 }[];
}

/** The zone's serial and its inputs. */
@Injectable()
export class ZonesRepository {
  constructor(private readonly db: Transactor) {}

  /** Makes the zone known; its serial begins at 1 and is never reset. */
  async ensure(name: string): Promise<void> {
    await this.db.query('INSERT INTO zones (name) VALUES ($1) ON CONFLICT DO NOTHING', [name]);
  }

  /** Serial and contents from one snapshot of the database: a single statement, so that they belong together. */
  async load(zone: string): Promise<ZoneContents | null> {
    const [row] = await this.db.query<ZoneContents>(
      `SELECT z.serial::float8 AS serial, coalesce((SELECT max(seq) FROM changes), 0)::float8 AS seq,
         coalesce((SELECT jsonb_agg(jsonb_build_object('name', n.name_key, 'address', host(a.address), 'family', a.family) ORDER BY n.name_key, a.address)
           FROM (SELECT DISTINCT ON (name_key) id, name_key FROM containers WHERE removed_at IS NULL ORDER BY name_key, adopted, created_at, id) n
           JOIN addresses a ON a.container_id = n.id AND a.published), '[]') AS names
       FROM zones z WHERE z.name = $1`,
      [zone],
    );
    return row ?? null;
  }
}
