import { DomainError, nameKey } from '@lxdm/domain';
import { Tx, violatedIndex } from '../database/sql-transactor';
import { Transactor } from '../database/transactor';

/** A service: a user that signs in by token only and belongs to one project. */
export interface ServiceView {
  id: string;
  name: string;
}

/** The services of projects. */
export class ServicesRepository {
  constructor(private readonly db: Transactor) {}

  /**
   * Makes a service of a project.
   * @throws DomainError `name-taken`: services and people share one set of names
   */
  async create(tx: Tx, projectId: string, service: { name: string; role: 'operator' | 'viewer' }): Promise<string> {
    try {
      const [row] = await tx.query<{ id: string }>(
        `INSERT INTO users (username, username_key, display_name, kind, approved_at) VALUES ($1, $2, $1, 'service', now()) RETURNING id`,
        [service.name, nameKey(service.name)],
      );
      if (!row) throw new Error('The database returned no service.');
      await tx.query('INSERT INTO members (project_id, user_id, role) VALUES ($1, $2, $3)', [
        projectId,
        row.id,
        service.role,
      ]);
      tx.changed('project', projectId, projectId);
      return row.id;
    } catch (error) {
      if (violatedIndex(error) !== undefined)
        throw new DomainError('name-taken', `The name "${service.name}" is taken by a person or a service.`);
      throw error;
    }
  }

  /** A project's service, or null. */
  async find(projectId: string, userId: string): Promise<ServiceView | null> {
    const [row] = await this.db.query<ServiceView>(
      `SELECT u.id, u.username AS name FROM users u JOIN members m ON m.user_id = u.id WHERE m.project_id = $1 AND u.id = $2 AND u.kind = 'service'`,
      [projectId, userId],
    );
    return row ?? null;
  }

  /** Removes a service for good: its tokens are worth nothing from now on. */
  async remove(tx: Tx, projectId: string, userId: string): Promise<void> {
    await tx.query(`DELETE FROM users WHERE id = $1 AND kind = 'service'`, [userId]);
    tx.changed('project', projectId, projectId);
    tx.changed('user', userId, null);
  }
}
