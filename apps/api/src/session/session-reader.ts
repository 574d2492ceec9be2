import { csrfToken } from '@lxdm/crypto';
import { DomainError } from '@lxdm/domain';
import { SessionsRepository } from '@lxdm/entities';
import { Inject, Injectable } from '@nestjs/common';
import { API_SETTINGS, ApiSettings } from '../api-settings';
import type { Session } from './dto/session';

/** Tells a session's own browser what it is. */
@Injectable()
export class SessionReader {
  constructor(
    private readonly sessions: SessionsRepository,
    @Inject(API_SETTINGS) private readonly settings: Pick<ApiSettings, 'sessionSecret' | 'zone'>,
  ) {}

  /** @throws DomainError `unauthenticated` when it ended meanwhile */
  async read({ sessionId, tokenHash }: { sessionId: string; tokenHash: string }): Promise<Session> {
    const own = await this.sessions.read(sessionId);
    if (!own) throw new DomainError('unauthenticated', 'There is no live session; sign in.');
    return {
      user: {
        id: own.userId,
        username: own.username,
        displayName: own.displayName,
        isAdmin: own.canSudo,
        standing: own.standing,
        gitlab: own.gitlab,
        hasPassword: own.hasPassword,
      },
      csrfToken: this.csrfTokenOf(tokenHash),
      expiresAt: own.expiresAt.toISOString(),
      zone: this.settings.zone.replace(/\.$/, ''),
      sudoUntil: own.sudoUntil?.toISOString() ?? null,
      method: own.method,
    };
  }

  csrfTokenOf(tokenHash: string): string {
    return csrfToken(this.settings.sessionSecret, tokenHash);
  }
}
