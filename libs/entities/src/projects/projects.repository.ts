import { DomainError, nameKey } from '@lxdm/domain';
import { Tx, violatedIndex } from '../database/sql-transactor';
import { Transactor } from '../database/transactor';
import type { MemberRole } from './member.entity';

/** A project with its members, as lists and details show it. */
export interface ProjectView {
  id: string;
  name: string;
  description: string;
  createdAt: Date;
  containers: number;
  members: MemberView[];
  gitlab: GitlabBinding | null;
}

/** A member as everybody who sees the project sees them. */
export interface MemberView {
  userId: string;
  username: string;
  displayName: string;
  role: MemberRole;
  source: 'manual' | 'gitlab';
  kind: 'person' | 'service';
}

/** The GitLab group whose members are the project's; times as text, because they come out of JSON. */
export interface GitlabBinding {
  issuer: string;
  groupId: string;
  groupPath: string;
  syncedAt: string | null;
  error: string | null;
}

const VIEW = `SELECT p.id, p.name, p.description, p.created_at AS "createdAt",
  (SELECT count(*)::int FROM containers c WHERE c.project_id = p.id AND c.removed_at IS NULL) AS containers,
  coalesce((SELECT jsonb_agg(jsonb_build_object('userId', u.id, 'username', u.username, 'displayName', u.display_name, 'role', m.role,
      'source', m.source, 'kind', u.kind) ORDER BY u.username_key)
    FROM members m JOIN users u ON u.id = m.user_id WHERE m.project_id = p.id), '[]') AS members,
  CASE WHEN p.gitlab_group_id IS NOT NULL THEN jsonb_build_object('issuer', p.gitlab_issuer, 'groupId', p.gitlab_group_id::text,
    'groupPath', p.gitlab_group_path, 'syncedAt', p.gitlab_synced_at, 'error', p.gitlab_error) END AS gitlab
  FROM projects p`;

/** Teams and their members. */
export class ProjectsRepository {
  constructor(private readonly db: Transactor) {}

  /** Projects by name: all, or only those that a user is a member of. */
  list(memberId: string | null): Promise<ProjectView[]> {
    return this.db.query<ProjectView>(
      `${VIEW} WHERE $1::uuid IS NULL OR EXISTS (SELECT 1 FROM members m WHERE m.project_id = p.id AND m.user_id = $1) ORDER BY p.name_key`,
      [memberId],
    );
  }

  byIds(ids: readonly string[]): Promise<ProjectView[]> {
    return this.db.query<ProjectView>(`${VIEW} WHERE p.id = ANY($1)`, [ids]);
  }

  /** Every project of a user, with the role. */
  async rolesOf(userId: string): Promise<Map<string, MemberRole>> {
    const rows = await this.db.query<{ id: string; role: MemberRole }>(
      'SELECT project_id AS id, role FROM members WHERE user_id = $1',
      [userId],
    );
    return new Map(rows.map((row) => [row.id, row.role]));
  }

  /** The projects of several users, with the roles; every user asked for is in the answer. */
  async rolesOfAll(userIds: readonly string[]): Promise<Map<string, Map<string, MemberRole>>> {
    const rows = await this.db.query<{ userId: string; id: string; role: MemberRole }>(
      'SELECT user_id AS "userId", project_id AS id, role FROM members WHERE user_id = ANY($1)',
      [userIds],
    );
    const roles = new Map(userIds.map((userId) => [userId, new Map<string, MemberRole>()]));
    for (const row of rows) roles.get(row.userId)?.set(row.id, row.role);
    return roles;
  }

  /**
   * Makes a project with its first owner.
   * @throws DomainError `name-taken`
   */
  async create(tx: Tx, project: { name: string; description: string; ownerId: string }): Promise<string> {
    try {
      const [row] = await tx.query<{ id: string }>(
        'INSERT INTO projects (name, name_key, description) VALUES ($1, $2, $3) RETURNING id',
        [project.name, nameKey(project.name), project.description],
      );
      if (!row) throw new Error('The database returned no project.');
      await tx.query(`INSERT INTO members (project_id, user_id, role) VALUES ($1, $2, 'owner')`, [
        row.id,
        project.ownerId,
      ]);
      tx.changed('project', row.id, row.id);
      return row.id;
    } catch (error) {
      if (violatedIndex(error) !== undefined)
        throw new DomainError('name-taken', `There is already a project named "${project.name}".`);
      throw error;
    }
  }

  /** A project name that is free: the wanted one, or with the lowest number behind it. */
  async freeName(tx: Tx, wanted: string): Promise<string> {
    const rows = await tx.query<{ key: string }>(
      'SELECT name_key AS key FROM projects WHERE name_key = $1 OR name_key LIKE $2',
      [nameKey(wanted), `${nameKey(wanted).replace(/[\\%_]/g, '\\$&')}-%`],
    );
    const taken = new Set(rows.map((row) => row.key));
    let name = wanted;
    for (let number = 2; taken.has(nameKey(name)); number++) name = `${wanted}-${number}`;
    return name;
  }
}
