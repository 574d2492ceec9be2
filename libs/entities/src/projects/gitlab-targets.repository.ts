import { Transactor } from '../database/transactor';

/** What a message from a GitLab names. */
export interface NamedInGitlab {
  userIds: string[];
  usernames: string[];
  groupIds: string[];
  groupPaths: string[];
}

const MOST = 200;

/** Finds what is synchronised with a GitLab by what it is called there. */
export class GitlabTargetsRepository {
  constructor(private readonly db: Transactor) {}

  /** Makes the named accounts due, and says which they are. */
  async accountsDue(issuer: string, named: Pick<NamedInGitlab, 'userIds' | 'usernames'>): Promise<string[]> {
    const rows = await this.db.query<{ id: string }>(
      `UPDATE gitlab_accounts SET next_sync_at = now() WHERE id IN (
         SELECT id FROM gitlab_accounts WHERE issuer = $1 AND (gitlab_id = ANY($2::bigint[]) OR lower(username) = ANY($3)) ORDER BY id LIMIT ${MOST})
       RETURNING id`,
      [issuer, named.userIds, named.usernames.map((name) => name.toLowerCase())],
    );
    return rows.map((row) => row.id);
  }

  /** Makes due the projects that are bound to the named groups, or to groups below them, whose members they have too; says which they are. */
  async projectsDue(issuer: string, named: Pick<NamedInGitlab, 'groupIds' | 'groupPaths'>): Promise<string[]> {
    const rows = await this.db.query<{ id: string }>(
      `UPDATE projects SET gitlab_next_sync_at = now() WHERE id IN (
         SELECT id FROM projects WHERE gitlab_issuer = $1 AND gitlab_group_id IS NOT NULL AND (gitlab_group_id = ANY($2::bigint[])
           OR EXISTS (SELECT 1 FROM unnest($3::text[]) AS path WHERE strpos('/' || lower(gitlab_group_path) || '/', '/' || lower(path) || '/') > 0))
         ORDER BY id LIMIT ${MOST})
       RETURNING id`,
      [issuer, named.groupIds, named.groupPaths],
    );
    return rows.map((row) => row.id);
  }

  /** The number of a user's account in a GitLab, or null without one. */
  async gitlabIdOf(userId: string, issuer: string): Promise<string | null> {
    const [row] = await this.db.query<{ id: string }>(
      'SELECT gitlab_id::text AS id FROM gitlab_accounts WHERE user_id = $1 AND issuer = $2',
      [userId, issuer],
    );
    return row?.id ?? null;
  }
}
