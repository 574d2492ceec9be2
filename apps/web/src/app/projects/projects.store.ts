import { inject, Injectable } from '@angular/core';
import { PeopleService, ProjectsService, type FoundPerson, type Project } from '@lxdm/api-client';
import { EntityList } from '../live/entity-list';
import type { TokenSource } from '../tokens/token-source';
import type { Role } from './member-rules';

/** Projects, and all that their owners decide; every answer is the whole project, as it is then. */
@Injectable({ providedIn: 'root' })
export class ProjectsStore extends EntityList<Project> {
  private readonly api: ProjectsService;
  private readonly people = inject(PeopleService);

  constructor() {
    const api = inject(ProjectsService);
    super(() => api.listProjects());
    this.api = api;
  }

  create(body: { name: string; description?: string }): Promise<Project> {
    return this.heard(this.api.createProject({ body }));
  }

  change(id: string, body: { name: string; description: string }): Promise<Project> {
    return this.heard(this.api.changeProject({ id, body }));
  }

  async remove(id: string): Promise<void> {
    await this.api.deleteProject({ id });
    this.apply({ kind: 'gone', id });
  }

  find(name: string): Promise<FoundPerson[]> {
    return this.people.searchPeople({ name });
  }

  setMember(id: string, userId: string, role: Role): Promise<Project> {
    return this.heard(this.api.setProjectMember({ id, userId, body: { role } }));
  }

  removeMember(id: string, userId: string): Promise<Project> {
    return this.heard(this.api.removeProjectMember({ id, userId }));
  }

  /** After it the project is none of one's own: it stays on the screen only for an administrator. */
  async leave(id: string, userId: string, stays: boolean): Promise<void> {
    const project = await this.api.removeProjectMember({ id, userId });
    this.apply(stays ? { kind: 'is', item: project } : { kind: 'gone', id });
  }

  bindGroup(id: string, path: string, issuer: string): Promise<Project> {
    return this.heard(this.api.bindGitlabGroup({ id, body: { path, ...(issuer && { issuer }) } }));
  }

  unbindGroup(id: string): Promise<Project> {
    return this.heard(this.api.unbindGitlabGroup({ id }));
  }

  createService(id: string, name: string, role: 'operator' | 'viewer'): Promise<Project> {
    return this.heard(this.api.createService({ id, body: { name, role } }));
  }

  removeService(id: string, userId: string): Promise<Project> {
    return this.heard(this.api.removeService({ id, userId }));
  }

  tokensOf(id: string, userId: string): TokenSource {
    return {
      scopes: ['read', 'write'],
      list: () => this.api.listServiceTokens({ id, userId }),
      create: ({ scope, ...rest }) =>
        this.api.createServiceToken({ id, userId, body: { ...rest, scope: scope === 'read' ? 'read' : 'write' } }),
      revoke: (tokenId) => this.api.revokeServiceToken({ id, userId, tokenId }),
    };
  }

  private async heard(answer: Promise<Project>): Promise<Project> {
    const project = await answer;
    this.apply({ kind: 'is', item: project });
    return project;
  }
}
