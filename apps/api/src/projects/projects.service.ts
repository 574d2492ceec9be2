import { notFound } from '@lxdm/domain';
import { ProjectsRepository, Transactor } from '@lxdm/entities';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../session/actor';
import type { CreateProject, Project } from './dto/project';
import { projectOf } from './project-mapping';
import { mayOnProject } from './projects.policy';
import { viewerOf } from './viewer';

/** Projects as their members see them. */
@Injectable()
export class ProjectsService {
  constructor(
    private readonly db: Transactor,
    private readonly projects: ProjectsRepository,
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
    const id = await this.db.run((tx) => this.projects.create(tx, { name, description, ownerId: actor.userId }));
    return this.get(actor, id);
  }
}
