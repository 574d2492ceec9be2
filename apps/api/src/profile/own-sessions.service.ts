import { notFound } from '@lxdm/domain';
import { SessionsRepository } from '@lxdm/entities';
import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.service';
import type { SessionActor } from '../session/actor';
import { LiveSessions } from '../session/live-sessions';
import type { OwnSession } from './dto/own-session';

/** The sessions of the actor: seen, and ended, from any of them. */
@Injectable()
export class OwnSessionsService {
  constructor(
    private readonly sessions: SessionsRepository,
    private readonly live: LiveSessions,
    private readonly audit: Audit,
  ) {}

  async list(actor: SessionActor): Promise<OwnSession[]> {
    const views = await this.sessions.listOf(actor.userId);
    return views.map((view) => ({
      id: view.id,
      current: view.id === actor.sessionId,
      method: view.method,
      address: view.address,
      userAgent: view.userAgent,
      createdAt: view.createdAt.toISOString(),
      lastSeenAt: view.lastSeenAt.toISOString(),
      expiresAt: view.expiresAt.toISOString(),
      sudoUntil: view.sudoUntil?.toISOString() ?? null,
    }));
  }

  async end(actor: SessionActor, id: string): Promise<void> {
    const target = { kind: 'user', id: actor.userId, name: actor.username };
    const detail = id === actor.sessionId ? null : { other: true };
    const ended = await this.live.end(id, actor.userId, (tx) =>
      this.audit.record(tx, actor, { action: 'session.sign-out', target, detail }),
    );
    if (!ended) throw notFound('session');
  }
}
