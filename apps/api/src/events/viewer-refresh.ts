import { MemberRole, ProjectsRepository, SessionsRepository, TokensRepository } from '@lxdm/entities';
import { Injectable } from '@nestjs/common';
import { Actor, ticketOf } from '../session/actor';
import type { ChangeBatch } from './change-batch';
import type { EventStream } from './event-stream';

/** What of an actor can change while a stream is open. */
type Present = Pick<Actor, 'userId' | 'username' | 'displayName' | 'isAdmin' | 'expiresAt'> & Partial<Actor>;

/** Keeps what streams may see up to date with sessions, tokens, accounts and memberships. */
@Injectable()
export class ViewerRefresh {
  constructor(
    private readonly sessions: SessionsRepository,
    private readonly tokens: TokensRepository,
    private readonly projects: ProjectsRepository,
  ) {}

  /** Ends the streams of dead sessions and tokens and gives the others their present rights; three queries for any number of streams. */
  async refresh(streams: readonly EventStream[], batch: ChangeBatch | null): Promise<void> {
    if (streams.length === 0) return;
    const users = await this.presentOf(streams);
    const roles = await this.projects.rolesOfAll([...new Set([...users.values()].map((user) => user.userId))]);
    for (const stream of streams) {
      const user = users.get(ticketOf(stream.actor));
      if (!user) {
        stream.bye();
        continue;
      }
      const before = stream.told;
      const after = {
        userId: user.userId,
        isAdmin: user.isAdmin,
        kind: stream.actor.kind,
        roles: roles.get(user.userId) ?? new Map<string, MemberRole>(),
      };
      stream.become({ ...stream.actor, ...user }, after);
      const gained = [...after.roles.keys()].filter((id) => !before.roles.has(id));
      const lost = [...before.roles.keys()].some((id) => !after.roles.has(id));
      // Projects that are new to the viewer but not to the world bring things that no event of this batch tells.
      const unseen = after.isAdmin ? [] : gained.filter((id) => !batch?.whole.has(id));
      if (before.isAdmin !== after.isAdmin || (lost && !after.isAdmin) || unseen.length > 0) stream.send('reset', '{}');
    }
  }

  private async presentOf(streams: readonly EventStream[]): Promise<Map<string, Present>> {
    const idsOf = (key: 'sessionId' | 'tokenId'): string[] => [
      ...new Set(streams.flatMap(({ actor }) => actor[key] ?? [])),
    ];
    const sessionIds = idsOf('sessionId');
    const tokenIds = idsOf('tokenId');
    const [sessions, tokens] = await Promise.all([
      sessionIds.length === 0 ? [] : this.sessions.liveAmong(sessionIds),
      tokenIds.length === 0 ? [] : this.tokens.liveAmong(tokenIds),
    ]);
    return new Map<string, Present>([
      ...sessions.map(({ unseen: _unseen, standing: _standing, ...user }) => [user.sessionId, user] as const),
      ...tokens.map(({ unseen: _unseen, ...user }) => [user.tokenId, user] as const),
    ]);
  }
}
