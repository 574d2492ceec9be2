import type { GitlabWorld } from './gitlab-world';
import { until } from './until';

/** What is known here of a GitLab account. */
export interface AccountRow {
  username: string;
  state: string;
  error: string | null;
  synced: boolean;
  syncs: number;
  attempts: number;
  hasTokens: boolean;
  blocked: boolean;
}

/** Somebody with an account in GitLab and one here. */
export class GitlabPerson {
  constructor(
    private readonly rig: GitlabWorld,
    readonly gitlabId: string,
    readonly accountId: string,
    readonly userId: string,
  ) {}

  async row(): Promise<AccountRow> {
    const [row] = await this.rig.world.query<AccountRow>(
      `SELECT a.username, a.state, a.sync_error AS error, a.synced_at IS NOT NULL AS synced, a.lease_fence AS syncs, a.attempts,
         a.access_token_sealed IS NOT NULL AS "hasTokens", u.gitlab_blocked_at IS NOT NULL AS blocked
       FROM gitlab_accounts a JOIN users u ON u.id = a.user_id WHERE a.id = $1`,
      [this.accountId],
    );
    if (!row) throw new Error('the account is lost');
    return row;
  }

  /** The comments of the keys that came from GitLab. */
  async keys(): Promise<string[]> {
    const rows = await this.rig.world.query<{ comment: string }>(
      `SELECT comment FROM ssh_keys WHERE user_id = $1 AND source = 'gitlab' ORDER BY comment`,
      [this.userId],
    );
    return rows.map(({ comment }) => comment);
  }

  async hasSession(): Promise<boolean> {
    return (await this.rig.world.query('SELECT 1 FROM sessions WHERE user_id = $1', [this.userId])).length > 0;
  }

  async giveSession(): Promise<void> {
    await this.rig.world.query(
      `INSERT INTO sessions (token_hash, user_id, address, user_agent, expires_at) VALUES (gen_random_uuid()::text, $1, '::1', 'test', now() + interval '1 hour')`,
      [this.userId],
    );
  }

  /** What the log says of this person, oldest first. */
  async log(): Promise<string[]> {
    const rows = await this.rig.world.query<{ action: string }>(
      `SELECT action FROM audit_events WHERE means = 'gitlab' AND (actor_id = $1::uuid OR target_id = $1::text OR detail ->> 'userId' = $1::text) ORDER BY seq`,
      [this.userId],
    );
    return rows.map(({ action }) => action);
  }

  /** Wakes a worker, as a hook of GitLab does. */
  wake(): void {
    this.rig.world.jobs.wake('gitlab.sync-account', { id: this.accountId });
  }

  /** Asks again and again until somebody has looked and the row is as wanted; resolves with it. */
  async until(what: string, look: (row: AccountRow) => boolean | Promise<boolean>, ms = 30_000): Promise<AccountRow> {
    return until(
      what,
      async () => {
        this.wake();
        const row = await this.row();
        if (await look(row)) return row;
        throw new Error(JSON.stringify(row));
      },
      ms,
    );
  }

  /** Lets a whole look pass, begun after now. */
  async looked(ms = 30_000): Promise<AccountRow> {
    const before = await this.row();
    return this.until('a whole look', (row) => row.syncs >= before.syncs + 2, ms);
  }
}
