import { MemberRole, ProjectsRepository, SessionsRepository } from '@lxdm/entities';
import { Injectable } from '@nestjs/common';
import type { ChangeBatch } from './change-batch';
import type { EventStream } from './event-stream';

/** Keeps what streams may see up to date with sessions, accounts and memberships. */
@Injectable()
export class ViewerRefresh {
  constructor(
    private readonly sessions: SessionsRepository,
    private readonly projects: ProjectsRepository,
  ) {}

  /** Ends the streams of dead sessions and gives the others their present rights; two queries for any number of streams. */
  async refresh(streams: readonly EventStream[], batch: ChangeBatch | null): Promise<void> {
    if (streams.length === 0) return;
    const live = await this.sessions.liveAmong([...new Set(streams.map((stream) => stream.actor.sessionId))]);
    const users = new Map(live.map((user) => [user.sessionId, user]));
    const roles = await this.projects.rolesOfAll([...new Set(live.map((user) => user.userId))]);
    for (const stream of streams) {
      const user = users.get(stream.actor.sessionId);
      if (!user) {
        stream.bye();
        continue;
      }
      const before = stream.viewer;
      const after = {
        userId: user.userId,
        isAdmin: user.isAdmin,
        roles: roles.get(user.userId) ?? new Map<string, MemberRole>(),
      };
      stream.actor = { ...stream.actor, ...user };
      stream.viewer = after;
      const gained = [...after.roles.keys()].filter((id) => !before.roles.has(id));
      const lost = [...before.roles.keys()].some((id) => !after.roles.has(id));
      // Projects that are new to the viewer but not to the world bring things that no event of this batch tells.
      const unseen = after.isAdmin ? [] : gained.filter((id) => !batch?.whole.has(id));
      if (before.isAdmin !== after.isAdmin || (lost && !after.isAdmin) || unseen.length > 0) stream.send('reset', '{}');
    }
  }
}
