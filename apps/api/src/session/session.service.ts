import { csrfToken, hashPassword, hashToken, needsRehash, newToken, verifyPassword } from '@lxdm/crypto';
import { DomainError } from '@lxdm/domain';
import { SessionsRepository, UsersRepository } from '@lxdm/entities';
import { Inject, Injectable } from '@nestjs/common';
import { API_SETTINGS, ApiSettings } from '../api-settings';
import type { Actor } from './actor';
import type { Session } from './dto/session';
import type { SignIn } from './dto/sign-in';
import { SessionEndings } from './session-endings';
import { SignInLimits } from './sign-in-limits';

/** A session's absolute lifetime, in seconds. */
export const SESSION_SECONDS = 12 * 3_600;

/** Where a sign-in comes from. */
export interface SignInSource {
  address: string;
  userAgent: string;
  /** The token that the browser had before, if any. */
  oldToken: string | undefined;
}

/** Opens and closes sessions. */
@Injectable()
export class SessionService {
  constructor(
    private readonly users: UsersRepository,
    private readonly sessions: SessionsRepository,
    private readonly limits: SignInLimits,
    private readonly endings: SessionEndings,
    @Inject(API_SETTINGS) private readonly settings: Pick<ApiSettings, 'sessionSecret' | 'zone'>,
  ) {}

  /** A fresh session for good credentials; the browser's old one ends, so that a token planted before is worth nothing. */
  async signIn(given: SignIn, from: SignInSource): Promise<{ token: string; session: Session; expiresAt: Date }> {
    const refund = this.limits.take(given.username, from.address);
    const user = await this.users.findByUsername(given.username);
    // Always one verification, and one answer for all reasons: nobody learns which names exist.
    const right = await verifyPassword(user?.passwordHash, given.password);
    if (!user || !right || user.approvedAt === null || user.blockedAt !== null)
      throw new DomainError('bad-credentials', 'The username or the password is not right.');
    refund();
    if (user.passwordHash !== null && needsRehash(user.passwordHash))
      await this.users.setPasswordHash(user.id, await hashPassword(given.password));
    const { token, hash } = newToken('lxdm');
    const { address, userAgent } = from;
    const expiresAt = await this.sessions.open(
      { tokenHash: hash, userId: user.id, address, userAgent },
      SESSION_SECONDS,
    );
    await this.closeToken(from.oldToken);
    return { token, expiresAt, session: this.describe({ ...user, userId: user.id, tokenHash: hash, expiresAt }) };
  }

  /** What a session's own browser sees of it. */
  describe(actor: Omit<Actor, 'sessionId'>): Session {
    return {
      user: { id: actor.userId, username: actor.username, displayName: actor.displayName, isAdmin: actor.isAdmin },
      csrfToken: csrfToken(this.settings.sessionSecret, actor.tokenHash),
      expiresAt: actor.expiresAt.toISOString(),
      zone: this.settings.zone.replace(/\.$/, ''),
    };
  }

  async signOut(actor: Actor): Promise<void> {
    await this.sessions.close(actor.sessionId);
    this.endings.emit('ended', actor.sessionId);
  }

  private async closeToken(token: string | undefined): Promise<void> {
    const old = token === undefined ? null : await this.sessions.findLive(hashToken(token));
    if (!old) return;
    await this.sessions.close(old.sessionId);
    this.endings.emit('ended', old.sessionId);
  }
}
