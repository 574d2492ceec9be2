import { Transactor } from '../database/transactor';

/** A live session of a user, or a container whose keys follow them: what GitLab says of them is wanted soon. */
const WANTED = `(EXISTS (SELECT 1 FROM sessions s WHERE s.user_id = a.user_id AND s.expires_at > now())
  OR EXISTS (SELECT 1 FROM members m JOIN containers c ON c.project_id = m.project_id WHERE m.user_id = a.user_id AND c.removed_at IS NULL))`;

/** Which accounts and groups GitLab is to be asked for. */
export class GitlabDueRepository {
  constructor(private readonly db: Transactor) {}

  /**
   * Accounts whose time has come and that nobody works on, longest waiting first.
   * @param restSeconds how old the picture of somebody who is not here and opens nothing may be
   */
  async accounts(restSeconds: number, limit = 500): Promise<string[]> {
    const rows = await this.db.query<{ id: string }>(
      `SELECT a.id FROM gitlab_accounts a WHERE a.next_sync_at <= now() AND (a.lease_until IS NULL OR a.lease_until < now())
         AND (a.synced_at IS NULL OR a.attempts > 0 OR a.synced_at <= now() - make_interval(secs => $1) OR ${WANTED})
       ORDER BY a.next_sync_at LIMIT $2`,
      [restSeconds, limit],
    );
    return rows.map((row) => row.id);
  }

  /** Projects that are bound to a group, likewise: those without containers rest, unless a newcomer's groups are asked for. */
  async groups(restSeconds: number, limit = 500): Promise<string[]> {
    const rows = await this.db.query<{ id: string }>(
      `SELECT p.id FROM projects p WHERE p.gitlab_group_id IS NOT NULL AND p.gitlab_next_sync_at <= now()
         AND (p.gitlab_lease_until IS NULL OR p.gitlab_lease_until < now())
         AND (p.gitlab_synced_at IS NULL OR p.gitlab_error IS NOT NULL OR p.gitlab_next_sync_at = to_timestamp(0)
           OR p.gitlab_synced_at <= now() - make_interval(secs => $1)
           OR EXISTS (SELECT 1 FROM containers c WHERE c.project_id = p.id AND c.removed_at IS NULL)
           OR EXISTS (SELECT 1 FROM members m JOIN sessions s ON s.user_id = m.user_id WHERE m.project_id = p.id AND s.expires_at > now()))
       ORDER BY p.gitlab_next_sync_at LIMIT $2`,
      [restSeconds, limit],
    );
    return rows.map((row) => row.id);
  }
}
