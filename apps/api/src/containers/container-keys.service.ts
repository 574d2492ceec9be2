import { DomainError, notFound } from '@lxdm/domain';
import {
  ContainerKeysRepository,
  ContainersRepository,
  KeyDeliveriesRepository,
  ProjectsRepository,
} from '@lxdm/entities';
import { Injectable } from '@nestjs/common';
import { Refusal } from '../audit/refusal';
import { AcceptanceService } from '../operations/acceptance.service';
import type { Operation } from '../operations/dto/operation';
import type { RequestMark } from '../operations/request-mark';
import { viewerOf } from '../projects/viewer';
import type { Actor } from '../session/actor';
import { mayOnContainer } from './containers.policy';
import type { ContainerKeys } from './dto/container-keys';

/** The SSH keys that open a container. */
@Injectable()
export class ContainerKeysService {
  constructor(
    private readonly containers: ContainersRepository,
    private readonly projects: ProjectsRepository,
    private readonly keys: ContainerKeysRepository,
    private readonly deliveries: KeyDeliveriesRepository,
    private readonly acceptance: AcceptanceService,
  ) {}

  async list(actor: Actor, id: string): Promise<ContainerKeys> {
    const [view, viewer] = await Promise.all([this.containers.find(id), viewerOf(actor, this.projects)]);
    if (!view || !mayOnContainer(viewer, 'read-keys', view.projectId)) throw notFound('container');
    const [project] = view.projectId === null ? [] : await this.projects.byIds([view.projectId]);
    // Whoever has left, or was in the project from which the container came, is nobody's to see here.
    const known = new Set([actor.userId, ...(project?.members.map(({ userId }) => userId) ?? [])]);
    const { checkedAt, error, keys } = await this.keys.viewOf(id);
    return {
      checkedAt: checkedAt?.toISOString() ?? null,
      error,
      keys: keys.map((key) => {
        const isKnown = viewer.isAdmin || (key.owner !== null && known.has(key.owner.id));
        // A comment is as good as a name.
        return isKnown ? key : { ...key, owner: null, comment: '' };
      }),
    };
  }

  async redeploy(actor: Actor, id: string, mark: RequestMark): Promise<Operation> {
    const viewer = await viewerOf(actor, this.projects);
    return this.acceptance.accept(actor, mark, async (tx) => {
      const container = await this.containers.lock(tx, id);
      if (!container || !mayOnContainer(viewer, 'read', container.projectId)) throw notFound('container');
      const { name: targetName, projectId } = container;
      if (!mayOnContainer(viewer, 'redeploy-keys', projectId))
        throw new Refusal('As a viewer of its project you may not have its keys delivered again.', {
          action: 'container.redeploy-keys',
          target: { kind: 'container', id, name: targetName },
          projectId,
        });
      if (container.deleting)
        throw new DomainError('conflict', `"${targetName}" is being deleted; nothing else can be done with it.`);
      const targetGeneration = await this.deliveries.requestRedeploy(tx, id);
      if (targetGeneration === null)
        throw new DomainError('conflict', `"${targetName}" belongs to no project, so no keys are delivered to it.`);
      return {
        type: 'container.redeploy-keys',
        targetKind: 'container',
        targetId: id,
        targetName,
        targetGeneration,
        projectId,
      };
    });
  }
}
