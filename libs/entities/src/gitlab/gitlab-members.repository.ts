import { AuditRepository } from '../audit/audit.repository';
import type { Tx } from '../database/sql-transactor';
import type { MemberRole } from '../projects/member.entity';
import { byGitlab } from './gitlab-audit';

/** A project and the GitLab whose group it follows. */
export interface FollowingProject {
  projectId: string;
  projectName: string;
  issuer: string;
}

interface Change {
  userId: string;
  username: string;
  action: 'member.add' | 'member.change' | 'member.remove';
  role: MemberRole | null;
  before: MemberRole | null;
}

/** Members that a project has because a GitLab group has them. Those whom an owner named are never touched. */
export class GitlabMembersRepository {
  constructor(private readonly audit: AuditRepository) {}

  /** Makes the members by GitLab exactly those of the group who have an account here. The caller holds the project's row. */
  async follow(
    tx: Tx,
    project: FollowingProject,
    group: readonly { gitlabId: string; role: MemberRole }[],
  ): Promise<void> {
    const changes = await tx.query<Change>(
      `WITH wanted AS (
         SELECT a.user_id, g.role FROM jsonb_to_recordset($2::jsonb) AS g(id bigint, role text)
         JOIN gitlab_accounts a ON a.issuer = $3 AND a.gitlab_id = g.id),
       stored AS (SELECT user_id, role, source FROM members WHERE project_id = $1),
       removed AS (
         DELETE FROM members m WHERE m.project_id = $1 AND m.source = 'gitlab' AND NOT EXISTS (SELECT 1 FROM wanted w WHERE w.user_id = m.user_id)
         RETURNING m.user_id, 'member.remove' AS action, NULL::text AS role, m.role AS before),
       altered AS (
         UPDATE members m SET role = w.role FROM wanted w, stored s
         WHERE m.project_id = $1 AND m.user_id = w.user_id AND s.user_id = w.user_id AND m.source = 'gitlab' AND m.role <> w.role
         RETURNING m.user_id, 'member.change' AS action, m.role, s.role AS before),
       added AS (
         INSERT INTO members (project_id, user_id, role, source) SELECT $1, w.user_id, w.role, 'gitlab' FROM wanted w
         WHERE NOT EXISTS (SELECT 1 FROM stored s WHERE s.user_id = w.user_id) ON CONFLICT DO NOTHING
         RETURNING user_id, 'member.add' AS action, role, NULL::text AS before)
       SELECT c.user_id AS "userId", u.username, c.action, c.role, c.before
       FROM (SELECT * FROM removed UNION ALL SELECT * FROM altered UNION ALL SELECT * FROM added) c JOIN users u ON u.id = c.user_id ORDER BY u.username_key`,
      [project.projectId, JSON.stringify(group.map(({ gitlabId, role }) => ({ id: gitlabId, role }))), project.issuer],
    );
    for (const change of changes) await this.note(tx, project, change);
    if (changes.length > 0) tx.changed('project', project.projectId, project.projectId);
  }

  /** Whether anybody owns the project. */
  async hasOwner(tx: Tx, projectId: string): Promise<boolean> {
    const rows = await tx.query(`SELECT 1 FROM members WHERE project_id = $1 AND role = 'owner' LIMIT 1`, [projectId]);
    return rows.length > 0;
  }

  private async note(tx: Tx, project: FollowingProject, change: Change): Promise<void> {
    const { userId, username, action, role, before } = change;
    await this.audit.record(
      tx,
      byGitlab(project.issuer, {
        action,
        targetKind: 'project',
        targetId: project.projectId,
        targetName: project.projectName,
        projectId: project.projectId,
        detail: { userId, user: username, ...(role && before ? { from: before, to: role } : { role: role ?? before }) },
      }),
    );
    tx.changed('user', userId);
  }
}
