import { seal } from '@lxdm/crypto';
import { gitlabTokenPlace } from '@lxdm/domain';
import { GitlabSignInsRepository, SealedGitlabTokens, Transactor, UsersRepository } from '@lxdm/entities';
import { GitlabTokens, isShutOut } from '@lxdm/gitlab';
import { Inject, Injectable } from '@nestjs/common';
import { API_SETTINGS, ApiSettings } from '../../api-settings';
import { Audit } from '../../audit/audit.service';
import type { SessionActor } from '../actor';
import { LiveSessions, OpenedSession, SignInSource } from '../live-sessions';
import { SudoService } from '../sudo.service';
import { visitorOf } from '../visitor';
import type { GitlabVisit } from './gitlab-strategy';
import { SignInFault } from './sign-in-fault';

/** What happens when somebody has shown who they are at a GitLab. */
@Injectable()
export class GitlabArrivalService {
  constructor(
    private readonly db: Transactor,
    private readonly accounts: GitlabSignInsRepository,
    private readonly users: UsersRepository,
    private readonly live: LiveSessions,
    private readonly sudo: SudoService,
    private readonly audit: Audit,
    @Inject(API_SETTINGS) private readonly settings: Pick<ApiSettings, 'keyRing'>,
  ) {}

  /** A session: of the account's user, or of a newcomer who waits for approval. */
  async signIn(issuer: string, { user, tokens }: GitlabVisit, from: SignInSource): Promise<OpenedSession> {
    if (isShutOut(user.state)) {
      await this.noteShutOut(issuer, user, from);
      throw new SignInFault('blocked', `GitLab says that the account is ${user.state}`);
    }
    const identity = { issuer, gitlabId: user.id, username: user.username, displayName: user.name };
    const person = await this.db.run((tx) => this.accounts.signIn(tx, identity, this.sealer(tokens)));
    const known = { id: person.userId, username: person.username };
    const act = {
      action: 'session.sign-in',
      target: { kind: 'user', id: person.userId, name: person.username },
      detail: { method: 'gitlab', issuer, gitlab: user.username, ...(person.isNew ? { newcomer: true } : {}) },
    };
    if (person.standing === 'blocked') {
      await this.audit.failed(visitorOf(from, known), act);
      throw new SignInFault('blocked', 'the account is blocked here');
    }
    return this.live.open(person.userId, 'gitlab', from, (tx) => this.audit.record(tx, visitorOf(from, known), act));
  }

  /** Gives the account to somebody who is signed in. */
  async link(issuer: string, { user, tokens }: GitlabVisit, actor: SessionActor): Promise<void> {
    if (isShutOut(user.state)) throw new SignInFault('blocked', `GitLab says that the account is ${user.state}`);
    const identity = { issuer, gitlabId: user.id, username: user.username, displayName: user.name };
    const outcome = await this.db.run(async (tx) => {
      const linked = await this.accounts.link(tx, actor.userId, identity, this.sealer(tokens));
      if (linked === 'linked')
        await this.audit.record(tx, actor, {
          action: 'gitlab.link',
          target: { kind: 'user', id: actor.userId, name: actor.username },
          detail: { issuer, gitlab: user.username },
        });
      return linked;
    });
    if (outcome === 'taken') throw new SignInFault('account-taken', 'the account belongs to another user');
    if (outcome === 'has-another') throw new SignInFault('has-another-account', 'the user has another account');
  }

  /** Turns sudo on, if it is the actor's own account that came back. */
  async startSudo(issuer: string, { user }: GitlabVisit, actor: SessionActor): Promise<void> {
    if (!actor.canSudo) {
      await this.sudo.refuse(actor, 'no admin');
      throw new SignInFault('no-admin', 'only admins can turn sudo on');
    }
    if (isShutOut(user.state) || (await this.accounts.ownerOf(issuer, user.id)) !== actor.userId) {
      await this.sudo.refuse(actor, 'another GitLab account');
      throw new SignInFault('wrong-account', 'another account came back');
    }
    await this.sudo.start(actor, 'gitlab');
  }

  private async noteShutOut(issuer: string, user: GitlabVisit['user'], from: SignInSource): Promise<void> {
    const userId = await this.accounts.ownerOf(issuer, user.id);
    const known = userId === null ? null : await this.users.findById(userId);
    await this.audit.failed(visitorOf(from, known ?? undefined), {
      action: 'session.sign-in',
      target: { kind: 'user', id: known?.id ?? null, name: known?.username ?? '' },
      detail: { method: 'gitlab', issuer, gitlab: user.username, state: user.state },
    });
  }

  private sealer(tokens: GitlabTokens): (accountId: string) => SealedGitlabTokens {
    const { keyRing } = this.settings;
    return (accountId) => ({
      accessTokenSealed: seal(keyRing, gitlabTokenPlace(accountId, 'access'), tokens.accessToken),
      refreshTokenSealed:
        tokens.refreshToken === null
          ? null
          : seal(keyRing, gitlabTokenPlace(accountId, 'refresh'), tokens.refreshToken),
      tokenExpiresAt: tokens.expiresAt,
    });
  }
}
