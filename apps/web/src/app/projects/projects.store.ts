import { inject, Injectable } from '@angular/core';
import { ProjectsService, type CreateProject, type Project } from '@lxdm/api-client';
import { EntityList } from '../live/entity-list';

@Injectable({ providedIn: 'root' })
export class ProjectsStore extends EntityList<Project> {
  private readonly api: ProjectsService;

  constructor() {
    const api = inject(ProjectsService);
    super(() => api.listProjects());
    this.api = api;
  }

  async create(body: CreateProject): Promise<Project> {
    const project = await this.api.createProject({ body });
    this.apply({ kind: 'is', item: project });
    return project;
  }
}
