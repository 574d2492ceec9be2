import { nameKey } from '@lxdm/domain';
import { Transactor } from '../database/transactor';

/** Something that happened to a container on its host and that the manager did not ask for, as far as the event itself tells. */
export interface HostAct {
  /** The same in every process that hears of it. */
  key: string;
  hostId: string;
  /** The container's name on the host. */
  name: string;
  /** LXD's lifecycle verb, such as `started`. */
  verb: string;
  at: Date;
  actorName: string;
  address: string | null;
  /** The host did not say who it was: it may have been the manager after all, which its own work on the container tells. */
  unsigned: boolean;
  detail: Record<string, unknown> | null;
}

/** A sum of what was left out comes a minute later. */
const LATELY = `make_interval(secs => CASE WHEN t.detail ? 'more' THEN 100 ELSE 20 END)`;

/**
 * The manager itself worked on the container a moment ago: an action was asked for, or its keys were looked at. Many events, also of
 * what we asked for, do not say whose they are.
 */
const OURS = `(EXISTS (SELECT 1 FROM operations o WHERE o.target_id = c.id AND (o.status IN ('Pending', 'Running') OR o.finished_at > now() - ${LATELY}))
  OR EXISTS (SELECT 1 FROM key_deliveries k WHERE k.container_id = c.id AND (k.lease_until > now() OR k.checked_at > now() - ${LATELY})))`;

/** Changes made on a host outside the manager. */
export class HostAuditRepository {
  constructor(private readonly db: Transactor) {}

  /** Writes down what nobody has written down yet. @returns how many entries that were */
  async record(acts: readonly HostAct[]): Promise<number> {
    if (acts.length === 0) return 0;
    const rows = await this.db.query<{ written: number }>(
      `WITH told AS (
         SELECT t.*, c.id AS container_id, c.name AS container_name, c.project_id FROM jsonb_to_recordset($1::jsonb) AS t(
           key text, host_id uuid, name text, name_key text, action text, at timestamptz, actor text, address text, unsigned boolean, detail jsonb)
         LEFT JOIN LATERAL (
           SELECT c.id, c.name, c.project_id FROM containers c WHERE c.host_id = t.host_id AND c.name_key = t.name_key
             AND (c.removed_at IS NULL OR c.removed_at > now() - interval '1 minute') ORDER BY c.removed_at DESC NULLS FIRST LIMIT 1) c ON true
         WHERE NOT (t.unsigned AND c.id IS NOT NULL AND ${OURS})),
       fresh AS (INSERT INTO heard_events (key) SELECT DISTINCT key FROM told ON CONFLICT DO NOTHING RETURNING key),
       written AS (
         INSERT INTO audit_events (at, actor_name, means, address, action, target_kind, target_id, target_name, project_id, result, detail)
         SELECT DISTINCT ON (t.at, t.key) least(t.at, now()), t.actor, 'host', t.address, t.action, 'container', t.container_id::text, coalesce(t.container_name, t.name),
           t.project_id, 'done', t.detail FROM told t JOIN fresh USING (key) ORDER BY t.at, t.key RETURNING 1)
       SELECT count(*)::int AS written FROM written`,
      [
        JSON.stringify(
          acts.map((act) => ({
            key: act.key,
            host_id: act.hostId,
            name: act.name,
            name_key: nameKey(act.name),
            action: `container.${act.verb}`,
            at: act.at,
            actor: act.actorName,
            address: act.address,
            unsigned: act.unsigned,
            detail: act.detail,
          })),
        ),
      ],
    );
    return rows[0]?.written ?? 0;
  }

  /** Drops entries of the audit log that are older than so many days, a part at a time, and yesterday's marks of heard events. */
  async prune(days: number): Promise<void> {
    await this.db.query(`DELETE FROM heard_events WHERE at < now() - interval '1 day'`);
    await this.db.query(
      `DELETE FROM audit_events WHERE seq IN (SELECT seq FROM audit_events WHERE at < now() - make_interval(days => $1) ORDER BY at LIMIT 10000)`,
      [days],
    );
  }
}
