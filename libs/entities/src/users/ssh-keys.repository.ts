import { DomainError } from '@lxdm/domain';
import { Injectable } from '@nestjs/common';
import { Transactor, violatedIndex } from '../database/transactor';
import { SshKey } from './ssh-key.entity';

/** The SSH public keys in people's profiles. */
@Injectable()
export class SshKeysRepository {
  constructor(private readonly db: Transactor) {}

  listOf(userId: string): Promise<SshKey[]> {
    return this.db.dataSource.getRepository(SshKey).find({ where: { userId }, order: { createdAt: 'ASC' } });
  }

  /** @throws DomainError `key-exists` when the user has this key already */
  async add(key: Pick<SshKey, 'userId' | 'type' | 'publicKey' | 'comment' | 'fingerprint'>): Promise<SshKey> {
    const repository = this.db.dataSource.getRepository(SshKey);
    try {
      return await repository.save(repository.create(key));
    } catch (error) {
      if (violatedIndex(error) !== undefined)
        throw new DomainError('key-exists', 'This key is already in your profile.');
      throw error;
    }
  }

  async remove(userId: string, id: string): Promise<boolean> {
    const { affected } = await this.db.dataSource.getRepository(SshKey).delete({ userId, id });
    return affected === 1;
  }

  /** The keys that open a project's containers: those of its members who are approved and not blocked, each once. */
  async ofProject(projectId: string): Promise<string[]> {
    const rows = await this.db.query<{ publicKey: string }>(
      `SELECT DISTINCT ON (k.fingerprint) k.public_key AS "publicKey" FROM ssh_keys k
       JOIN members m ON m.user_id = k.user_id JOIN users u ON u.id = k.user_id
       WHERE m.project_id = $1 AND u.approved_at IS NOT NULL AND u.blocked_at IS NULL ORDER BY k.fingerprint`,
      [projectId],
    );
    return rows.map((row) => row.publicKey);
  }
}
