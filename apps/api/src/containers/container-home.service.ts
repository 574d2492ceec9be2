import { DomainError, invalid } from '@lxdm/domain';
import { ProjectChangesRepository, ProjectsRepository, Tx } from '@lxdm/entities';
import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.service';
import { Refusal } from '../audit/refusal';
import { actOn } from '../projects/project-change';
import { mayOnProject } from '../projects/projects.policy';
import { viewerOf } from '../projects/viewer';
import type { Actor } from '../session/actor';

/** The project that a new container belongs to: the one that was asked for, or one of its own. */
@Injectable()
export class ContainerHome {
  constructor(
    private readonly projects: ProjectsRepository,
    private readonly changes: ProjectChangesRepository,
    private readonly audit: Audit,
  ) {}

  /** Refuses what the actor may not do, before anything is written. */
  async check(actor: Actor, projectId: string | undefined): Promise<void> {
    const viewer = await viewerOf(actor, this.projects);
    if (projectId === undefined) {
      if (mayOnProject(viewer, 'create', null)) return;
      throw invalid('projectId', 'A service makes no projects: say in which one the container is to be.');
    }
    const [project] = mayOnProject(viewer, 'read', projectId) ? await this.projects.byIds([projectId]) : [];
    if (!project) throw noSuchProject();
    if (!mayOnProject(viewer, 'create-container', projectId))
      throw new Refusal(
        `As a viewer of "${project.name}" you may not make containers in it.`,
        actOn(project, 'container.create'),
      );
  }

  /** The project that was asked for, kept from being deleted in this moment; or a new one, named after the container. */
  async take(tx: Tx, actor: Actor, projectId: string | undefined, containerName: string): Promise<string> {
    if (projectId !== undefined) {
      if (!(await this.changes.hold(tx, projectId))) throw noSuchProject();
      return projectId;
    }
    const name = await this.projects.freeName(tx, containerName);
    const id = await this.projects.create(tx, { name, description: '', ownerId: actor.userId });
    await this.audit.record(tx, actor, actOn({ id, name }, 'project.create', { for: containerName }));
    return id;
  }
}

/** A foreign project looks like a missing one. */
export function noSuchProject(): DomainError {
  return invalid('projectId', 'There is no such project, or you may not see it.');
}
