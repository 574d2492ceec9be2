import { DomainError, notFound } from '@lxdm/domain';
import { ProjectChangesRepository, ProjectsRepository, Transactor } from '@lxdm/entities';
import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.service';
import { Refusal } from '../audit/refusal';
import type { Actor } from '../session/actor';
import type { ChangeProject, CreateProject } from './dto/change-project';
import type { Project } from './dto/project';
import { actOn, ProjectChange } from './project-change';
import { projectOf } from './project-mapping';
import { mayOnProject } from './projects.policy';
import { viewerOf } from './viewer';

/** Projects as their members see and change them. */
@Injectable()
export class ProjectsService {
  constructor(
    private readonly db: Transactor,
    private readonly projects: ProjectsRepository,
    private readonly changes: ProjectChangesRepository,
    private readonly change: ProjectChange,
    private readonly audit: Audit,
  ) {}

  async list(actor: Actor): Promise<Project[]> {
    const views = await this.projects.list(actor.isAdmin ? null : actor.userId);
    return views.map((view) => projectOf(view, actor.userId));
  }

  async get(actor: Actor, id: string): Promise<Project> {
    const viewer = await viewerOf(actor, this.projects);
    const [view] = mayOnProject(viewer, 'read', id) ? await this.projects.byIds([id]) : [];
    if (!view) throw notFound('project');
    return projectOf(view, actor.userId);
  }

  async create(actor: Actor, wanted: CreateProject): Promise<Project> {
    const { name, description = '' } = wanted;
    if (!mayOnProject(await viewerOf(actor, this.projects), 'create', null))
      throw new Refusal('A service belongs to one project and makes no others.', {
        action: 'project.create',
        target: { kind: 'project', id: null, name },
      });
    const id = await this.db.run(async (tx) => {
      const made = await this.projects.create(tx, { name, description, ownerId: actor.userId });
      await this.audit.record(tx, actor, actOn({ id: made, name }, 'project.create'));
      return made;
    });
    return this.get(actor, id);
  }

  async rename(actor: Actor, id: string, wanted: ChangeProject): Promise<Project> {
    await this.change.run(actor, id, 'rename', async (tx, { project }) => {
      const { name = project.name, description = project.description } = wanted;
      if (name === project.name && description === project.description) return null;
      await this.changes.change(tx, project, { name, description });
      const renamed = name === project.name ? {} : { from: project.name, to: name };
      return { action: 'project.rename', detail: { ...renamed, description: description !== project.description } };
    });
    return this.get(actor, id);
  }

  async delete(actor: Actor, id: string): Promise<void> {
    await this.change.run(actor, id, 'delete', async (tx, { project }) => {
      const count = await this.changes.countContainers(tx, id);
      if (count > 0)
        throw new DomainError(
          'conflict',
          `"${project.name}" has ${count} ${count === 1 ? 'container' : 'containers'}: delete or move them first.`,
        );
      await this.changes.delete(tx, id);
      return { action: 'project.delete' };
    });
  }
}
