import { hashToken, newToken } from '@lxdm/crypto';
import { SessionsRepository, Transactor, Tx } from '@lxdm/entities';
import { Injectable } from '@nestjs/common';
import { SessionEndings } from './session-endings';

/** A session's absolute lifetime, in seconds. */
export const SESSION_SECONDS = 12 * 3_600;

/** Where a sign-in comes from. */
export interface SignInSource {
  address: string;
  userAgent: string;
  requestId: string;
  /** The token that the browser had before, if any. */
  oldToken: string | undefined;
}

/** A session that was just opened; the token is told once. */
export interface OpenedSession {
  id: string;
  userId: string;
  token: string;
  tokenHash: string;
  expiresAt: Date;
}

/** Opens and ends sessions. */
@Injectable()
export class LiveSessions {
  constructor(
    private readonly db: Transactor,
    private readonly sessions: SessionsRepository,
    private readonly endings: SessionEndings,
  ) {}

  /**
   * Opens a session, always with a token of its own: one that was planted in the browser before is worth nothing.
   * @param besides what else belongs into the transaction, such as its line in the audit log
   */
  async open(
    userId: string,
    method: 'password' | 'gitlab',
    from: SignInSource,
    besides: (tx: Tx) => Promise<void>,
  ): Promise<OpenedSession> {
    const { token, hash: tokenHash } = newToken('lxdm');
    const { address, userAgent } = from;
    const old = from.oldToken === undefined ? null : await this.sessions.findLive(hashToken(from.oldToken));
    const { id, expiresAt } = await this.db.run(async (tx) => {
      const opened = await this.sessions.open(tx, { tokenHash, userId, address, userAgent, method }, SESSION_SECONDS);
      if (old) await this.sessions.close(tx, old.sessionId);
      await besides(tx);
      return opened;
    });
    if (old) this.endings.end([old.sessionId]);
    return { id, userId, token, tokenHash, expiresAt };
  }

  /** Ends a session of that user and its streams; false when there is none. */
  async end(sessionId: string, userId: string, besides: (tx: Tx) => Promise<void>): Promise<boolean> {
    const ended = await this.db.run(async (tx) => {
      const found = await this.sessions.close(tx, sessionId, userId);
      if (found) await besides(tx);
      return found;
    });
    if (ended) this.endings.end([sessionId]);
    return ended;
  }
}
