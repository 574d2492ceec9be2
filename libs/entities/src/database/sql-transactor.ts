import type { ChangeKind } from '../changes/change.entity';

/** The channel on which commits are announced; the payload is the highest sequence number of the change feed. */
export const CHANGES_CHANNEL = 'lxdm_changes';

/** A change feed's lock: sequence numbers become visible in their order only if appending is serialised up to the commit. */
const FEED_LOCK = 0x6c78646d;

/** What SQL is run on: one connection, or any of several. */
export interface SqlRunner {
  /** Rows, or those of a writing statement with their count beside them, as TypeORM gives them. */
  query: (sql: string, parameters?: unknown[]) => Promise<unknown>;
}

/** What transactors work on: TypeORM's DataSource, or a PgSource. */
export interface SqlSource extends SqlRunner {
  transaction<T>(work: (sql: SqlRunner) => Promise<T>): Promise<T>;
  transaction<T>(isolation: 'REPEATABLE READ', work: (sql: SqlRunner) => Promise<T>): Promise<T>;
}

/** SQL on one connection. */
export class Sql {
  constructor(protected readonly runner: SqlRunner) {}

  /** Rows as they come. */
  async query<Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    return rowsOf<Row>(await this.runner.query(sql, parameters));
  }
}

/** A transaction that remembers what it changed, and announces it when it commits. */
export class Tx extends Sql {
  private readonly changes = new Map<string, { kind: ChangeKind; entityId: string; projectId: string | null }>();
  private zone: ZoneTouch | undefined;

  /** Notes that a thing changed; whoever listens reads the thing after the commit. */
  changed(kind: ChangeKind, entityId: string, projectId: string | null = null): void {
    const key = `${kind} ${entityId}`;
    // Whoever knew the project said so: its members must hear of it.
    this.changes.set(key, { kind, entityId, projectId: projectId ?? this.changes.get(key)?.projectId ?? null });
  }

  /**
   * Notes that an input of the zones changed: the SOA serial is bumped in this very transaction, once.
   * @param touched the containers or the owner names (absolute, in lower case) that may answer differently; without it, any
   */
  zoneChanged(touched?: { containers?: readonly string[]; owners?: readonly string[] }): void {
    this.zone ??= { containers: new Set(), owners: new Set(), any: false };
    if (!touched) this.zone.any = true;
    for (const id of touched?.containers ?? []) this.zone.containers.add(id);
    for (const owner of touched?.owners ?? []) this.zone.owners.add(owner);
  }

  /**
   * Lets nobody else announce until this transaction ends: what it reads from now on is the newest, and stays so. A row that another
   * transaction holds is waited for only briefly, as that one may be waiting for this; it is a passing fault then.
   */
  async announceAlone(): Promise<void> {
    await this.runner.query('SELECT pg_advisory_xact_lock($1)', [FEED_LOCK]);
    await this.runner.query(`SET LOCAL lock_timeout = '100ms'`);
  }

  /** Writes the feed; called last, so that the feed's lock is held for as short as possible. */
  async announce(): Promise<void> {
    if (this.changes.size === 0 && !this.zone) return;
    await this.runner.query('SELECT pg_advisory_xact_lock($1)', [FEED_LOCK]);
    if (this.zone) await this.bump(this.zone);
    const entries = [...this.changes.values()];
    if (this.zone) entries.push({ kind: 'zone', entityId: '00000000-0000-0000-0000-000000000000', projectId: null });
    await this.runner.query(
      `WITH added AS (
         INSERT INTO changes (kind, entity_id, project_id)
         SELECT kind, entity_id, project_id FROM jsonb_to_recordset($1::jsonb) AS c(kind text, entity_id uuid, project_id uuid)
         RETURNING seq)
       SELECT pg_notify($2, max(seq)::text) FROM added`,
      [
        JSON.stringify(entries.map((c) => ({ kind: c.kind, entity_id: c.entityId, project_id: c.projectId }))),
        CHANGES_CHANNEL,
      ],
    );
  }

  /** The feed's lock is held: the entries of the journal become visible in their order too. */
  private async bump({ containers, owners, any }: ZoneTouch): Promise<void> {
    await this.runner.query('UPDATE zones SET serial = (serial + 1) % 4294967296');
    await this.runner.query(
      `INSERT INTO zone_journal (owners)
       SELECT CASE WHEN $3 THEN NULL ELSE ARRAY(SELECT name_key FROM containers WHERE id = ANY($1) UNION SELECT unnest($2::text[])) END`,
      [[...containers], [...owners], any],
    );
  }
}

/** What may answer differently after a transaction. */
interface ZoneTouch {
  containers: Set<string>;
  owners: Set<string>;
  any: boolean;
}

/** Runs work in transactions whose changes are announced on commit. */
export class SqlTransactor {
  constructor(private readonly source: SqlSource) {}

  /** One transaction: all of it happens and is announced, or nothing. */
  run<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.source.transaction(async (runner) => {
      const tx = new Tx(runner);
      const result = await work(tx);
      await tx.announce();
      return result;
    });
  }

  /** Reads the state of one moment, however many questions are asked. */
  snapshot<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    return this.source.transaction('REPEATABLE READ', (runner) => work(new Sql(runner)));
  }

  /** SQL outside a transaction; rows as they come. */
  async query<Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    return rowsOf<Row>(await this.source.query(sql, parameters));
  }
}

/** The name of the unique index that a write ran into, or undefined when the error is another one (SQLSTATE 23505). */
export function violatedIndex(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  // TypeORM puts an error of its own around the driver's.
  const { code, constraint, driverError } = error as Partial<Record<'code' | 'constraint', string>> & {
    driverError?: unknown;
  };
  if (driverError !== undefined) return violatedIndex(driverError);
  return code === '23505' ? (constraint ?? '') : undefined;
}

/** TypeORM answers UPDATE and DELETE … RETURNING with [rows, count], and everything else with rows. */
function rowsOf<Row>(result: unknown): Row[] {
  const answer = result as Row[] | [Row[], number];
  return answer.length === 2 && Array.isArray(answer[0]) && typeof answer[1] === 'number'
    ? answer[0]
    : (answer as Row[]);
}
