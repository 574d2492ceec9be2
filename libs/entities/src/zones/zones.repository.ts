import { Injectable } from '@nestjs/common';
import { Transactor } from '../database/transactor';

/** All that the name server needs to build a zone. */
export interface ZoneContents {
  serial: number;
  /** The change feed's last entry that is surely contained. */
  seq: number;
  names: { name: string; address: string; family: 4 | 6 }[];
}

/** What is new in a zone since a sequence number of the change feed. */
export interface ZoneNews extends ZoneContents {
  /** How often the serial was bumped. */
  bumps: number;
  /** The names that may have changed; `names` holds all that the zone says about them now. */
  touched: string[];
  /** False when the feed cannot tell everything that happened: load the zone whole then. */
  complete: boolean;
}

/** Of containers with the same name, one has it in the zone: ours before one found on a host, the older before the younger. */
const NAME_HOLDERS = `SELECT DISTINCT ON (name_key) id, name_key FROM containers`;
const FIRST_COMES = `ORDER BY name_key, adopted, created_at, id`;
const AS_NAMES = `coalesce(json_agg(json_build_object('name', n.name_key, 'address', host(a.address), 'family', a.family) ORDER BY n.name_key, a.address), '[]')`;

/** The zone's serial and its inputs. */
@Injectable()
export class ZonesRepository {
  constructor(private readonly db: Transactor) {}

  /** Serial and contents from one snapshot of the database: a single statement, so that they belong together. */
  async load(zone: string): Promise<ZoneContents | null> {
    const [row] = await this.db.query<ZoneContents>(
      `SELECT z.serial::float8 AS serial, coalesce((SELECT max(seq) FROM changes), 0)::float8 AS seq,
         (SELECT ${AS_NAMES} FROM (${NAME_HOLDERS} WHERE removed_at IS NULL ${FIRST_COMES}) n
           JOIN addresses a ON a.container_id = n.id AND a.published) AS names
       FROM zones z WHERE z.name = $1`,
      [zone],
    );
    return row ?? null;
  }
  /**
   * What is new since a sequence number, from one snapshot: costs what changed and not the zone. Relies on every transaction
   * that bumps the serial also naming the containers that it changed.
   */
  async loadNews(zone: string, since: number): Promise<ZoneNews | null> {
    const [row] = await this.db.query<ZoneNews>(
      `WITH news AS (SELECT kind, entity_id FROM changes WHERE seq > $2),
         bumped AS (SELECT count(*)::int AS times FROM news WHERE kind = 'zone'),
         moved AS (SELECT DISTINCT entity_id AS id FROM news WHERE kind = 'container' AND (SELECT times FROM bumped) > 0),
         touched AS (SELECT DISTINCT name_key FROM containers JOIN moved USING (id))
       SELECT z.serial::float8 AS serial, coalesce((SELECT max(seq) FROM changes), 0)::float8 AS seq, (SELECT times FROM bumped) AS bumps,
         (SELECT coalesce(array_agg(name_key), '{}') FROM touched) AS touched,
         -- Pruning takes the oldest entries: one that old is the proof that nothing behind it is missing.
         EXISTS (SELECT 1 FROM changes WHERE seq <= $2) AND (SELECT count(*) FROM moved) = (SELECT count(*) FROM containers JOIN moved USING (id)) AS complete,
         (SELECT ${AS_NAMES} FROM (${NAME_HOLDERS} WHERE removed_at IS NULL AND name_key IN (SELECT name_key FROM touched) ${FIRST_COMES}) n
           JOIN addresses a ON a.container_id = n.id AND a.published) AS names
       FROM zones z WHERE z.name = $1`,
      [zone, since],
    );
    return row ?? null;
  }
}
