import { DomainError, notFound } from '@lxdm/domain';
import { LockedPerson, PeopleRepository, SessionsRepository, TokensRepository, Transactor, Tx } from '@lxdm/entities';
import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.service';
import type { Actor } from '../session/actor';
import { SessionEndings } from '../session/session-endings';
import type { ChangeAdmin, ChangeStanding } from './dto/change-person';

/** Approves, blocks and promotes people; what it says holds for the next request, and for streams that are open. */
@Injectable()
export class StandingService {
  constructor(
    private readonly db: Transactor,
    private readonly people: PeopleRepository,
    private readonly sessions: SessionsRepository,
    private readonly tokens: TokensRepository,
    private readonly endings: SessionEndings,
    private readonly audit: Audit,
  ) {}

  async changeStanding(actor: Actor, id: string, { standing, reason = '' }: ChangeStanding): Promise<void> {
    const ended = await this.decide(id, (tx, person) =>
      standing === 'blocked' ? this.block(tx, actor, person, reason) : this.activate(tx, actor, person, reason),
    );
    this.endings.end(ended);
    this.endings.change();
  }

  async changeAdmin(actor: Actor, id: string, { isAdmin, reason = '' }: ChangeAdmin): Promise<void> {
    const ended = await this.decide(id, async (tx, person) => {
      if (person.isAdmin === isAdmin) return [];
      if (isAdmin && person.kind === 'service') throw new DomainError('conflict', 'A service never becomes an admin.');
      if (isAdmin && person.standing !== 'active')
        throw new DomainError('conflict', 'Approve or unblock them first: an admin must be able to come in.');
      if (!isAdmin) await this.protect(tx, actor, person, 'stop being an admin');
      await this.people.setAdmin(tx, person.id, isAdmin);
      await this.record(tx, actor, person, isAdmin ? 'user.promote' : 'user.demote', reason);
      return isAdmin ? [] : this.tokens.revokeAdminTokens(tx, person.id);
    });
    this.endings.end(ended);
    this.endings.change();
  }

  /** Decides under lock; returns the sessions and tokens whose streams end. */
  private decide(id: string, decide: (tx: Tx, person: LockedPerson) => Promise<string[]>): Promise<string[]> {
    return this.db.run(async (tx) => {
      const person = await this.people.lock(tx, id);
      if (!person) throw notFound('person');
      return decide(tx, person);
    });
  }

  private async activate(tx: Tx, actor: Actor, person: LockedPerson, reason: string): Promise<string[]> {
    if (person.standing === 'active') return [];
    if (person.blockedByGitlab)
      throw new DomainError(
        'conflict',
        'GitLab says that this account is blocked or gone. It opens by itself once GitLab says otherwise.',
      );
    await this.people.activate(tx, person.id, reason);
    await this.record(tx, actor, person, person.approved ? 'user.unblock' : 'user.approve', reason);
    return [];
  }

  private async block(tx: Tx, actor: Actor, person: LockedPerson, reason: string): Promise<string[]> {
    await this.protect(tx, actor, person, 'be blocked');
    await this.people.block(tx, person.id, reason);
    await this.record(tx, actor, person, 'user.block', reason);
    return [...(await this.sessions.closeAllOf(tx, person.id)), ...(await this.tokens.idsOf(tx, person.id))];
  }

  /** Nobody locks themselves out, and a manager without any admin of its own could not be opened again from a browser. */
  private async protect(tx: Tx, actor: Actor, person: LockedPerson, what: string): Promise<void> {
    if (person.id === actor.userId)
      throw new DomainError('conflict', `You cannot ${what} by your own hand; ask another admin.`);
    if (await this.people.isLastLocalAdmin(tx, person.id))
      throw new DomainError('conflict', `The last admin with a password cannot ${what}; make another one first.`);
  }

  private record(tx: Tx, actor: Actor, person: LockedPerson, action: string, reason: string): Promise<void> {
    const target = { kind: 'user', id: person.id, name: person.username };
    return this.audit.record(tx, actor, { action, target, detail: reason === '' ? null : { reason } });
  }
}
