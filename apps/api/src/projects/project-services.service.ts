import { notFound } from '@lxdm/domain';
import { ServicesRepository } from '@lxdm/entities';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../session/actor';
import type { CreateService } from './dto/change-project';
import type { Project } from './dto/project';
import { ProjectChange } from './project-change';
import { ProjectsService } from './projects.service';

/** The services of a project: users that sign in by token only. */
@Injectable()
export class ProjectServicesService {
  constructor(
    private readonly services: ServicesRepository,
    private readonly change: ProjectChange,
    private readonly projects: ProjectsService,
  ) {}

  async create(actor: Actor, id: string, { name, role }: CreateService): Promise<Project> {
    await this.change.run(actor, id, 'change-services', async (tx) => {
      const userId = await this.services.create(tx, id, { name, role });
      return { action: 'service.create', detail: { userId, user: name, role } };
    });
    return this.projects.get(actor, id);
  }

  async remove(actor: Actor, id: string, userId: string): Promise<Project> {
    await this.change.run(actor, id, 'change-services', async (tx, { members }) => {
      const service = members.find((member) => member.userId === userId && member.kind === 'service');
      if (!service) throw notFound('service');
      await this.services.remove(tx, id, userId);
      return { action: 'service.remove', detail: { userId, user: service.username } };
    });
    return this.projects.get(actor, id);
  }
}
