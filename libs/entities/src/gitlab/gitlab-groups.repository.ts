import { LeaseLostError } from '../database/lease';
import { Tx } from '../database/sql-transactor';
import { Transactor } from '../database/transactor';
import type { MemberRole } from '../projects/member.entity';
import { GitlabMembersRepository } from './gitlab-members.repository';
import { GITLAB_LEASE_SECONDS } from './gitlab-syncs.repository';

/** How long GitLab must say that there is no such group before those who came by it lose their membership, in seconds. */
export const GROUP_GONE_SECONDS = 600;

/** A project bound to a group, under a lease. */
export interface GroupClaim {
  projectId: string;
  projectName: string;
  fence: number;
  issuer: string;
  groupId: string;
  attempts: number;
}

/** A member of the group, as far as it matters here. */
export interface GroupMember {
  gitlabId: string;
  role: MemberRole;
}

const MINE = `id = $1 AND gitlab_lease_fence = $2 AND gitlab_lease_until IS NOT NULL AND gitlab_issuer = $3 AND gitlab_group_id = $4`;

/** The projects that follow a group of GitLab. */
export class GitlabGroupsRepository {
  constructor(
    private readonly db: Transactor,
    private readonly members: GitlabMembersRepository,
  ) {}

  /** The GitLab that a project is bound to, or null. */
  async issuerOf(projectId: string): Promise<string | null> {
    const [row] = await this.db.query<{ issuer: string | null }>(
      'SELECT gitlab_issuer AS issuer FROM projects WHERE id = $1 AND gitlab_group_id IS NOT NULL',
      [projectId],
    );
    return row?.issuer ?? null;
  }

  /** Takes the lease if it is free and GitLab is not to be left alone for a while. A binding without an error has failed at nothing yet. */
  async claim(projectId: string): Promise<GroupClaim | null> {
    const [row] = await this.db.query<GroupClaim>(
      `UPDATE projects SET gitlab_lease_fence = gitlab_lease_fence + 1, gitlab_lease_until = now() + make_interval(secs => $2),
         gitlab_attempts = CASE WHEN gitlab_error IS NULL THEN 0 ELSE gitlab_attempts END,
         gitlab_missing_since = CASE WHEN gitlab_error IS NULL THEN NULL ELSE gitlab_missing_since END
       WHERE id = $1 AND gitlab_group_id IS NOT NULL AND (gitlab_lease_until IS NULL OR gitlab_lease_until < now())
         AND (gitlab_error IS NULL OR gitlab_next_sync_at <= now())
       RETURNING id AS "projectId", name AS "projectName", gitlab_lease_fence AS fence, gitlab_issuer AS issuer, gitlab_group_id AS "groupId",
         gitlab_attempts AS attempts`,
      [projectId, GITLAB_LEASE_SECONDS],
    );
    return row ?? null;
  }

  /** Writes what GitLab said of the group: its path and its members. Gives the lease back. */
  async record(
    claim: GroupClaim,
    word: { path: string; members: readonly GroupMember[] },
    nextInSeconds: number,
  ): Promise<void> {
    await this.db.run(async (tx) => {
      await this.fenced(
        tx,
        claim,
        'gitlab_group_path = $5, gitlab_missing_since = NULL, gitlab_attempts = 0, gitlab_synced_at = now()',
        [word.path],
      );
      await this.members.follow(tx, claim, word.members);
      const problem = (await this.members.hasOwner(tx, claim.projectId))
        ? null
        : 'Nobody in this project is an owner any more: an admin can name one.';
      await this.end(tx, claim, problem, nextInSeconds);
    });
  }

  /**
   * GitLab says that there is no such group, or that it has no member at all. Once may be a mistake that is being put right: only
   * when it says so for long do those who came by the group lose their membership. Gives the lease back.
   */
  async recordMissing(claim: GroupClaim, problem: string, nextInSeconds: number): Promise<void> {
    await this.db.run(async (tx) => {
      const [row] = await this.fenced<{ sure: boolean }>(
        tx,
        claim,
        'gitlab_missing_since = coalesce(gitlab_missing_since, now()), gitlab_attempts = gitlab_attempts + 1',
        [],
        `gitlab_missing_since <= now() - make_interval(secs => ${GROUP_GONE_SECONDS}) AS sure`,
      );
      if (row?.sure) await this.members.follow(tx, claim, []);
      await this.end(tx, claim, problem, nextInSeconds);
    });
  }

  /** GitLab was silent: everybody stays. Gives the lease back. */
  async recordSilence(claim: GroupClaim, problem: string, nextInSeconds: number): Promise<void> {
    await this.db.run(async (tx) => {
      await this.fenced(tx, claim, 'gitlab_attempts = gitlab_attempts + 1', []);
      await this.end(tx, claim, problem, nextInSeconds);
    });
  }

  /** Gives the lease back as if nothing had been tried. */
  async release(claim: GroupClaim): Promise<void> {
    await this.db.query(
      'UPDATE projects SET gitlab_lease_until = NULL, gitlab_next_sync_at = now() WHERE id = $1 AND gitlab_lease_fence = $2 AND gitlab_group_id IS NOT NULL',
      [claim.projectId, claim.fence],
    );
  }

  private async end(tx: Tx, claim: GroupClaim, problem: string | null, nextInSeconds: number): Promise<void> {
    const news = await tx.query(
      `SELECT 1 FROM projects WHERE id = $1 AND gitlab_error IS DISTINCT FROM $2 FOR UPDATE`,
      [claim.projectId, problem],
    );
    await this.fenced(
      tx,
      claim,
      'gitlab_error = $5, gitlab_next_sync_at = now() + make_interval(secs => $6), gitlab_lease_until = NULL',
      [problem, nextInSeconds],
    );
    if (news.length > 0) tx.changed('project', claim.projectId, claim.projectId);
  }

  /** Writes under the fence, and only while the project is bound to the very group that was asked for. */
  private async fenced<Row>(
    tx: Tx,
    claim: GroupClaim,
    set: string,
    values: unknown[],
    returning = 'id',
  ): Promise<Row[]> {
    const key = [claim.projectId, claim.fence, claim.issuer, claim.groupId];
    const rows = await tx.query<Row>(`UPDATE projects SET ${set} WHERE ${MINE} RETURNING ${returning}`, [
      ...key,
      ...values,
    ]);
    if (rows.length !== 1) throw new LeaseLostError('projects', claim.projectId);
    return rows;
  }
}
