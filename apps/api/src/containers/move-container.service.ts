import { notFound } from '@lxdm/domain';
import { ContainersRepository, ProjectChangesRepository, ProjectsRepository, Transactor } from '@lxdm/entities';
import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.service';
import { Refusal } from '../audit/refusal';
import { mayOnProject } from '../projects/projects.policy';
import { viewerOf } from '../projects/viewer';
import type { Actor } from '../session/actor';
import { ContainerDetailService } from './container-detail.service';
import { noSuchProject } from './container-home.service';
import { mayOnContainer } from './containers.policy';
import type { ContainerDetail } from './dto/container';
import type { MoveContainer } from './dto/container-keys';

/** Moves containers from one project to another: keys follow by themselves, the records of what was done stay with the team that did it. */
@Injectable()
export class MoveContainerService {
  constructor(
    private readonly db: Transactor,
    private readonly containers: ContainersRepository,
    private readonly projects: ProjectsRepository,
    private readonly changes: ProjectChangesRepository,
    private readonly details: ContainerDetailService,
    private readonly audit: Audit,
  ) {}

  async move(actor: Actor, id: string, { projectId }: MoveContainer): Promise<ContainerDetail> {
    const viewer = await viewerOf(actor, this.projects);
    await this.db.run(async (tx) => {
      const container = await this.containers.lock(tx, id);
      if (!container || !mayOnContainer(viewer, 'read', container.projectId)) throw notFound('container');
      const action = 'container.move-project';
      const target = { kind: 'container', id, name: container.name };
      const act = { action, target, projectId: container.projectId };
      if (!mayOnContainer(viewer, 'move', container.projectId))
        throw new Refusal('As a viewer of its project you may look at this container, not move it.', act);
      const seen = mayOnProject(viewer, 'read', projectId) && (await this.changes.hold(tx, projectId));
      if (!seen) throw noSuchProject();
      if (!mayOnProject(viewer, 'create-container', projectId))
        throw new Refusal('As a viewer of that project you may not put containers into it.', { ...act, projectId });
      if (container.projectId === projectId) return;
      await this.containers.setProject(tx, container, projectId);
      // Two entries, so that both teams read of it, and neither reads the other's name.
      if (container.projectId !== null) await this.audit.record(tx, actor, { ...act, detail: { way: 'out' } });
      await this.audit.record(tx, actor, { ...act, projectId, detail: { way: 'in' } });
    });
    return this.details.get(actor, id);
  }
}
