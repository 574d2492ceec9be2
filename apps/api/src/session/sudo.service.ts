import { verifyPassword } from '@lxdm/crypto';
import { DomainError } from '@lxdm/domain';
import { SessionsRepository, Transactor, UsersRepository } from '@lxdm/entities';
import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.service';
import { RequestFault } from '../http/request-fault';
import { mayOnProfile } from '../profile/profile.policy';
import type { SessionActor } from './actor';
import { SessionEndings } from './session-endings';
import { SignInLimits } from './sign-in-limits';

/** How long sudo lasts, in seconds. */
export const SUDO_SECONDS = 15 * 60;

/** Lets admins act as such for a while, once they have shown that it is still they. */
@Injectable()
export class SudoService {
  constructor(
    private readonly db: Transactor,
    private readonly users: UsersRepository,
    private readonly sessions: SessionsRepository,
    private readonly limits: SignInLimits,
    private readonly endings: SessionEndings,
    private readonly audit: Audit,
  ) {}

  async byPassword(actor: SessionActor, password: string): Promise<void> {
    if (!mayOnProfile(actor, 'turn-sudo-on')) {
      await this.refuse(actor, 'no admin');
      throw new DomainError('forbidden', 'Only admins can turn sudo on.');
    }
    const refund = this.limits.take(actor.username, actor.address);
    const user = await this.users.findById(actor.userId);
    if (!(await verifyPassword(user?.passwordHash, password))) {
      await this.refuse(actor, 'wrong password');
      // The session is right, only this password is not: no 401, after which a console would forget the session.
      throw new RequestFault(403, 'bad-credentials', 'The password is not right.');
    }
    refund();
    await this.start(actor, 'password');
  }

  /** Turns sudo on for somebody who has shown who they are. */
  async start(actor: SessionActor, method: 'password' | 'gitlab'): Promise<void> {
    await this.db.run(async (tx) => {
      const until = await this.sessions.startSudo(tx, actor.sessionId, SUDO_SECONDS);
      if (!until) throw new DomainError('forbidden', 'Only admins can turn sudo on.');
      const detail = { method, until: until.toISOString() };
      await this.audit.record(tx, { ...actor, isAdmin: true }, { ...act('on', actor), detail });
    });
    this.endings.change();
  }

  async end(actor: SessionActor): Promise<void> {
    await this.db.run(async (tx) => {
      if (await this.sessions.endSudo(tx, actor.sessionId)) await this.audit.record(tx, actor, act('off', actor));
    });
    this.endings.change();
  }

  /** Notes that somebody could not turn sudo on. */
  refuse(actor: SessionActor, reason: string): Promise<void> {
    return this.audit.refused(actor, { ...act('on', actor), detail: { reason } });
  }
}

function act(
  turn: 'on' | 'off',
  actor: SessionActor,
): { action: string; target: { kind: string; id: string; name: string } } {
  return { action: `session.sudo-${turn}`, target: { kind: 'user', id: actor.userId, name: actor.username } };
}
