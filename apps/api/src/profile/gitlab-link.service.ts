import { DomainError, notFound } from '@lxdm/domain';
import { GitlabSignInsRepository, Transactor } from '@lxdm/entities';
import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.service';
import type { SessionActor } from '../session/actor';
import type { GitlabLink } from './dto/gitlab-link';

/** The actor's GitLab account. */
@Injectable()
export class GitlabLinkService {
  constructor(
    private readonly db: Transactor,
    private readonly accounts: GitlabSignInsRepository,
    private readonly audit: Audit,
  ) {}

  async read(actor: SessionActor): Promise<GitlabLink> {
    const account = await this.accounts.ofUser(actor.userId);
    if (!account) throw notFound('GitLab account');
    const { issuer, gitlabId, username, state, syncError } = account;
    return { issuer, gitlabId, username, state, syncedAt: account.syncedAt?.toISOString() ?? null, syncError };
  }

  /** @throws DomainError `conflict` for somebody whom GitLab vouches for, or who could not sign in any more */
  async remove(actor: SessionActor): Promise<void> {
    await this.db.run(async (tx) => {
      const removed = await this.accounts.unlink(tx, actor.userId);
      if (removed === null) throw notFound('GitLab account');
      if (removed === 'vouched-for')
        throw new DomainError(
          'conflict',
          'GitLab vouches for this account, so it stays linked; an admin can block it, or make it an admin with a password of its own.',
        );
      if (removed === 'only-way-in')
        throw new DomainError('conflict', 'You have no password to sign in with; set one first.');
      await this.audit.record(tx, actor, {
        action: 'gitlab.unlink',
        target: { kind: 'user', id: actor.userId, name: actor.username },
        detail: { issuer: removed.issuer, username: removed.username },
      });
    });
  }
}
