import { DomainError, nameKey } from '@lxdm/domain';
import { Tx, violatedIndex } from '../database/sql-transactor';

/** A project's row, locked for a change. */
export interface LockedProject {
  id: string;
  name: string;
  description: string;
  /** The path of the GitLab group that it is bound to. */
  gitlabGroupPath: string | null;
}

/** The group that a project is to be bound to. */
export interface WantedGroup {
  issuer: string;
  groupId: string;
  groupPath: string;
}

/** Projects as their owners change them; whoever changes one holds its row, so that changes come one after the other. */
export class ProjectChangesRepository {
  /** Locks a project's row; null when it is not there. */
  async lock(tx: Tx, id: string): Promise<LockedProject | null> {
    const [row] = await tx.query<LockedProject>(
      'SELECT id, name, description, gitlab_group_path AS "gitlabGroupPath" FROM projects WHERE id = $1 FOR UPDATE',
      [id],
    );
    return row ?? null;
  }

  /** Keeps a project from being deleted until the transaction ends; false when it is gone already. */
  async hold(tx: Tx, id: string): Promise<boolean> {
    return (await tx.query('SELECT 1 FROM projects WHERE id = $1 FOR KEY SHARE', [id])).length > 0;
  }

  /**
   * Gives a project another name or description.
   * @throws DomainError `name-taken`
   */
  async change(tx: Tx, project: LockedProject, wanted: { name: string; description: string }): Promise<void> {
    try {
      await tx.query('UPDATE projects SET name = $2, name_key = $3, description = $4 WHERE id = $1', [
        project.id,
        wanted.name,
        nameKey(wanted.name),
        wanted.description,
      ]);
    } catch (error) {
      if (violatedIndex(error) !== undefined)
        throw new DomainError('name-taken', `There is already a project named "${wanted.name}".`);
      throw error;
    }
    tx.changed('project', project.id, project.id);
    if (wanted.name === project.name) return;
    // Lists of containers name the project.
    const rows = await tx.query<{ id: string }>(
      'SELECT id FROM containers WHERE project_id = $1 AND removed_at IS NULL',
      [project.id],
    );
    for (const row of rows) tx.changed('container', row.id, project.id);
  }

  /** How many containers a project has. */
  async countContainers(tx: Tx, id: string): Promise<number> {
    const [row] = await tx.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM containers WHERE project_id = $1 AND removed_at IS NULL',
      [id],
    );
    return row?.count ?? 0;
  }

  /** Deletes a project without containers, its services with it. */
  async delete(tx: Tx, id: string): Promise<void> {
    // Rows of containers that are gone stay for a while, and hold on to their project.
    await tx.query('UPDATE containers SET project_id = NULL WHERE project_id = $1 AND removed_at IS NOT NULL', [id]);
    await tx.query(
      `DELETE FROM users u USING members m WHERE m.user_id = u.id AND m.project_id = $1 AND u.kind = 'service'`,
      [id],
    );
    await tx.query('DELETE FROM projects WHERE id = $1', [id]);
    tx.changed('project', id, id);
  }

  /** Binds a project to a GitLab group; the worker writes its members. Those who came by another group go at once. */
  async bindGroup(tx: Tx, id: string, group: WantedGroup): Promise<void> {
    await tx.query(
      `DELETE FROM members m USING projects p WHERE p.id = $1 AND m.project_id = p.id AND m.source = 'gitlab'
         AND (p.gitlab_issuer, p.gitlab_group_id) IS DISTINCT FROM ($2::text, $3::bigint)`,
      [id, group.issuer, group.groupId],
    );
    await tx.query(
      `UPDATE projects SET gitlab_issuer = $2, gitlab_group_id = $3, gitlab_group_path = $4, gitlab_synced_at = NULL, gitlab_error = NULL,
         gitlab_next_sync_at = now() WHERE id = $1`,
      [id, group.issuer, group.groupId, group.groupPath],
    );
    tx.changed('project', id, id);
  }

  /** Ends the binding to a GitLab group, and with it the membership of those who came by it. */
  async unbindGroup(tx: Tx, id: string): Promise<void> {
    await tx.query(
      `UPDATE projects SET gitlab_issuer = NULL, gitlab_group_id = NULL, gitlab_group_path = NULL, gitlab_synced_at = NULL, gitlab_error = NULL,
         gitlab_next_sync_at = NULL WHERE id = $1`,
      [id],
    );
    await tx.query(`DELETE FROM members WHERE project_id = $1 AND source = 'gitlab'`, [id]);
    tx.changed('project', id, id);
  }
}
