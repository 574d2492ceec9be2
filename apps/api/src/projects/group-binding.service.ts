import { DomainError } from '@lxdm/domain';
import { MembersRepository, ProjectChangesRepository } from '@lxdm/entities';
import { JobProducer } from '@lxdm/jobs';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../session/actor';
import type { BindGroup } from './dto/change-project';
import type { Project } from './dto/project';
import { GroupFinder } from './group-finder';
import { keepAnOwner, ProjectChange } from './project-change';
import { ProjectsService } from './projects.service';

/** Projects whose members follow a GitLab group: only the wish is written here, the worker reads the group. */
@Injectable()
export class GroupBindingService {
  constructor(
    private readonly changes: ProjectChangesRepository,
    private readonly members: MembersRepository,
    private readonly change: ProjectChange,
    private readonly projects: ProjectsService,
    private readonly groups: GroupFinder,
    private readonly jobs: JobProducer,
  ) {}

  async bind(actor: Actor, id: string, wanted: BindGroup): Promise<Project> {
    // Asked twice: a stranger must not make us ask GitLab, and GitLab is not asked under a lock.
    await this.change.run(actor, id, 'bind-group', () => Promise.resolve(null));
    const group = await this.groups.find(actor, wanted.issuer, wanted.path);
    await this.change.run(actor, id, 'bind-group', async (tx, { members }) => {
      if (members.some(({ userId }) => userId === actor.userId)) await this.members.set(tx, id, actor.userId, 'owner');
      await this.changes.bindGroup(tx, id, group);
      return { action: 'project.bind-group', detail: { ...group } };
    });
    this.jobs.wake('gitlab.sync-group', { id });
    return this.projects.get(actor, id);
  }

  async unbind(actor: Actor, id: string): Promise<Project> {
    await this.change.run(actor, id, 'bind-group', async (tx, { project, members }) => {
      const { gitlabGroupPath: groupPath } = project;
      if (groupPath === null) throw new DomainError('conflict', `"${project.name}" is not bound to a GitLab group.`);
      const own = members.find(({ userId }) => userId === actor.userId);
      // Who ends the binding as an owner by it stays one by hand.
      if (own?.role === 'owner') await this.members.set(tx, id, actor.userId, 'owner');
      await this.changes.unbindGroup(tx, id);
      keepAnOwner(members, await this.members.of(tx, id));
      return { action: 'project.unbind-group', detail: { groupPath } };
    });
    return this.projects.get(actor, id);
  }
}
