import { hashPassword, needsRehash, verifyPassword } from '@lxdm/crypto';
import { DomainError } from '@lxdm/domain';
import { User, UsersRepository } from '@lxdm/entities';
import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.service';
import type { SessionActor } from './actor';
import type { SignIn } from './dto/sign-in';
import { LiveSessions, OpenedSession, SignInSource } from './live-sessions';
import { SignInLimits } from './sign-in-limits';
import { visitorOf } from './visitor';

/** Signs people in by password, and out. */
@Injectable()
export class SessionService {
  constructor(
    private readonly users: UsersRepository,
    private readonly live: LiveSessions,
    private readonly limits: SignInLimits,
    private readonly audit: Audit,
  ) {}

  /** A fresh session for good credentials. */
  async signIn(given: SignIn, from: SignInSource): Promise<OpenedSession> {
    const refund = this.limits.take(given.username, from.address);
    const user = await this.users.findByUsername(given.username);
    // Always one verification, and one answer for all reasons: nobody learns which names exist.
    const right = await verifyPassword(user?.passwordHash, given.password);
    if (!user || !right || !isActive(user)) {
      // A name that nobody has is not written down: people type passwords into the wrong field.
      const target = { kind: 'user', id: user?.id ?? null, name: user?.username ?? '' };
      await this.audit.failed(visitorOf(from), { action: 'session.sign-in', target, detail: { method: 'password' } });
      throw new DomainError('bad-credentials', 'The username or the password is not right.');
    }
    refund();
    if (user.passwordHash !== null && needsRehash(user.passwordHash))
      await this.users.setPasswordHash(user.id, await hashPassword(given.password));
    const target = { kind: 'user', id: user.id, name: user.username };
    return this.live.open(user.id, 'password', from, (tx) =>
      this.audit.record(tx, visitorOf(from, user), {
        action: 'session.sign-in',
        target,
        detail: { method: 'password' },
      }),
    );
  }

  async signOut(actor: SessionActor): Promise<void> {
    const target = { kind: 'user', id: actor.userId, name: actor.username };
    await this.live.end(actor.sessionId, actor.userId, (tx) =>
      this.audit.record(tx, actor, { action: 'session.sign-out', target }),
    );
  }
}

function isActive(user: User): boolean {
  return user.kind === 'person' && user.approvedAt !== null && user.blockedAt === null && user.gitlabBlockedAt === null;
}
