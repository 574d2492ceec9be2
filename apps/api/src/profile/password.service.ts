import { hashPassword, passwordProblem, verifyPassword } from '@lxdm/crypto';
import { invalid } from '@lxdm/domain';
import { SessionsRepository, Transactor, UsersRepository } from '@lxdm/entities';
import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.service';
import { Refusal } from '../audit/refusal';
import { RequestFault } from '../http/request-fault';
import type { SessionActor } from '../session/actor';
import { SessionEndings } from '../session/session-endings';
import { SignInLimits } from '../session/sign-in-limits';
import type { ChangePassword } from './dto/change-password';
import { mayOnProfile } from './profile.policy';

/** How old a session may be that sets a first password, in seconds. */
const FRESH_SECONDS = 15 * 60;

/** Changes the actor's own password. */
@Injectable()
export class PasswordService {
  constructor(
    private readonly db: Transactor,
    private readonly users: UsersRepository,
    private readonly sessions: SessionsRepository,
    private readonly limits: SignInLimits,
    private readonly endings: SessionEndings,
    private readonly audit: Audit,
  ) {}

  /** Whoever sits in another session may be the reason for the new password: those end. */
  async change(actor: SessionActor, { current = '', password }: ChangePassword): Promise<void> {
    const target = { kind: 'user', id: actor.userId, name: actor.username };
    const user = await this.users.findById(actor.userId);
    if (user?.passwordHash) {
      const refund = this.limits.take(actor.username, actor.address);
      if (!(await verifyPassword(user.passwordHash, current))) {
        await this.audit.refused(actor, { action: 'user.change-password', target });
        throw new RequestFault(403, 'bad-credentials', 'The present password is not right.');
      }
      refund();
    } else if (!mayOnProfile(actor, 'add-way-in'))
      throw new Refusal('Turn sudo on first: a password is one more way to it.', {
        action: 'user.change-password',
        target,
      });
    else if (!actor.isAdmin && !(await this.sessions.isYoung(actor.sessionId, FRESH_SECONDS))) {
      // There is no present password to ask for: the sign-in itself is the proof, and must not be an old one. Sudo is such a proof, too.
      await this.audit.refused(actor, { action: 'user.change-password', target, detail: { reason: 'old session' } });
      throw new RequestFault(
        403,
        'needs-fresh-sign-in',
        'A first password is set within 15 minutes after a sign-in: sign out, sign in again, and set it then.',
      );
    }
    const problem = passwordProblem(password, [actor.username, actor.displayName]);
    if (problem) throw invalid('password', problem.message);
    const hash = await hashPassword(password);
    const ended = await this.db.run(async (tx) => {
      await this.users.changePassword(tx, actor.userId, hash);
      await this.audit.record(tx, actor, { action: 'user.change-password', target });
      return this.sessions.closeAllOf(tx, actor.userId, actor.sessionId);
    });
    this.endings.end(ended);
  }
}
