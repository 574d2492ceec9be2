import { hashToken } from '@lxdm/crypto';
import { SessionsRepository, Standing, TokensRepository } from '@lxdm/entities';
import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { Actor, SessionActor } from './actor';
import { LastSeen } from './last-seen';
import { inetOf } from './request-address';
import { sessionTokenOf } from './session-cookies';

/** Finds out who is asking; what they may do is decided elsewhere. */
@Injectable()
export class ActorFinder {
  constructor(
    private readonly sessions: SessionsRepository,
    private readonly tokens: TokensRepository,
    private readonly lastSeen: LastSeen,
  ) {}

  /** The user of an API token; null for every token that does not open anything from there. */
  async byToken(request: Request, token: string): Promise<Actor | null> {
    const address = inetOf(request.ip);
    const tokenHash = hashToken(token);
    const found = await this.tokens.findLive(tokenHash, address);
    if (!found) return null;
    const { unseen, ...user } = found;
    if (unseen) this.lastSeen.token(found.tokenId, address);
    return { ...user, ...markOf(request), means: 'token', sessionId: null, canSudo: false, sudoUntil: null, tokenHash };
  }

  /** The user of the session in the request's cookie, who may still wait for approval; null without a live session. */
  async bySession(request: Request): Promise<{ actor: SessionActor; standing: Standing } | null> {
    const token = sessionTokenOf(request);
    if (token === undefined) return null;
    const tokenHash = hashToken(token);
    const found = await this.sessions.findLive(tokenHash);
    if (!found) return null;
    const { unseen, standing, ...user } = found;
    if (unseen) this.lastSeen.session(found.sessionId);
    return {
      actor: {
        ...user,
        ...markOf(request),
        kind: 'person',
        means: 'session',
        tokenId: null,
        scope: 'write',
        tokenHash,
      },
      standing,
    };
  }
}

/** Where a request comes from, and under which id the logs know it. */
export function markOf(request: Request): Pick<Actor, 'address' | 'requestId'> {
  const id = request.headers['x-request-id'];
  return { address: inetOf(request.ip) ?? '', requestId: typeof id === 'string' ? id : '' };
}
