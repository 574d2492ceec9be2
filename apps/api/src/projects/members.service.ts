import { DomainError, invalid, notFound } from '@lxdm/domain';
import { LockedMember, MembersRepository, ProjectsRepository } from '@lxdm/entities';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../session/actor';
import type { SetMember } from './dto/change-project';
import type { Project } from './dto/project';
import { keepAnOwner, ProjectChange } from './project-change';
import { projectOf } from './project-mapping';

/** Who belongs to a project. */
@Injectable()
export class MembersService {
  constructor(
    private readonly projects: ProjectsRepository,
    private readonly members: MembersRepository,
    private readonly change: ProjectChange,
  ) {}

  async set(actor: Actor, id: string, userId: string, { role }: SetMember): Promise<Project> {
    await this.change.run(actor, id, 'change-members', async (tx, { members }) => {
      const known = members.find((member) => member.userId === userId);
      if (known?.role === role && known.source === 'manual') return null;
      const added = known ? null : await this.members.candidate(tx, userId);
      if (known) checkChange(members, known, role);
      else if (!added) throw invalid('userId', 'There is no such person, or they may not sign in.');
      await this.members.set(tx, id, userId, role);
      const user = known?.username ?? added?.username;
      return known
        ? { action: 'member.change', detail: { userId, user, from: known.role, to: role } }
        : { action: 'member.add', detail: { userId, user, role } };
    });
    return this.read(actor, id);
  }

  async remove(actor: Actor, id: string, userId: string): Promise<Project> {
    const action = userId === actor.userId ? 'leave' : 'change-members';
    await this.change.run(actor, id, action, async (tx, { members }) => {
      const known = members.find((member) => member.userId === userId);
      if (!known) throw notFound('member');
      byHand(known);
      if (known.kind === 'service')
        throw new DomainError('conflict', `"${known.username}" is a service: remove it as one.`);
      keepAnOwner(
        members,
        members.filter((member) => member !== known),
      );
      await this.members.remove(tx, id, userId);
      return { action: 'member.remove', detail: { userId, user: known.username, role: known.role } };
    });
    return this.read(actor, id);
  }

  /** Also for somebody who has just left, once: what they knew a moment ago, without a role of theirs. */
  private async read(actor: Actor, id: string): Promise<Project> {
    const [view] = await this.projects.byIds([id]);
    if (!view) throw notFound('project');
    return projectOf(view, actor.userId);
  }
}

function checkChange(members: LockedMember[], known: LockedMember, role: LockedMember['role']): void {
  byHand(known);
  if (known.kind === 'service' && role === 'owner')
    throw new DomainError('conflict', 'A service cannot own a project.');
  const after = members.map((member) => (member === known ? { ...member, role } : member));
  keepAnOwner(members, after);
}

function byHand({ source, username }: LockedMember): void {
  if (source === 'gitlab')
    throw new DomainError(
      'conflict',
      `"${username}" is a member by the GitLab group of this project: change it there.`,
    );
}
