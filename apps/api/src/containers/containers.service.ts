import { DomainError, notFound, OperationType } from '@lxdm/domain';
import { ContainersRepository, LockedContainer, ProjectsRepository, Tx } from '@lxdm/entities';
import { Injectable } from '@nestjs/common';
import { Refusal } from '../audit/refusal';
import { AcceptanceService, Wish } from '../operations/acceptance.service';
import type { Operation } from '../operations/dto/operation';
import type { RequestMark } from '../operations/request-mark';
import { Viewer, viewerOf } from '../projects/viewer';
import type { Actor } from '../session/actor';
import { ContainerAction, mayOnContainer } from './containers.policy';
import type { ChangeContainerState, DeleteContainer } from './dto/change-container';

const POLITE_SECONDS = 30;

/** What can be wanted of a container that is there. */
@Injectable()
export class ContainersService {
  constructor(
    private readonly containers: ContainersRepository,
    private readonly projects: ProjectsRepository,
    private readonly acceptance: AcceptanceService,
  ) {}

  async changeState(actor: Actor, id: string, given: ChangeContainerState, mark: RequestMark): Promise<Operation> {
    const { action, force = false, timeoutSeconds = POLITE_SECONDS } = given;
    const viewer = await viewerOf(actor, this.projects);
    return this.acceptance.accept(actor, mark, async (tx) => {
      const container = await this.lock(tx, viewer, 'change-state', id);
      const power = action === 'stop' ? 'stopped' : 'running';
      const wish = { power, restart: action === 'restart', force, timeoutSeconds } as const;
      const generation = await this.containers.setPower(tx, container, wish);
      return wishOf(`container.${action}`, container, generation, force ? { force } : null);
    });
  }

  async delete(actor: Actor, id: string, { force }: DeleteContainer, mark: RequestMark): Promise<Operation> {
    const viewer = await viewerOf(actor, this.projects);
    return this.acceptance.accept(actor, mark, async (tx) => {
      const container = await this.lock(tx, viewer, 'delete', id, force);
      const generation = await this.containers.setDeleted(tx, container, force);
      return wishOf('container.delete', container, generation, force ? { force } : null);
    });
  }

  /** The row, locked, if the viewer may do that with it and it is not on its way out. */
  private async lock(
    tx: Tx,
    viewer: Viewer,
    action: ContainerAction,
    id: string,
    overtakes = false,
  ): Promise<LockedContainer> {
    const container = await this.containers.lock(tx, id);
    if (!container || !mayOnContainer(viewer, 'read', container.projectId)) throw notFound('container');
    if (!mayOnContainer(viewer, action, container.projectId))
      throw new Refusal('As a viewer of its project you may look at this container, not change it.', {
        action: `container.${action}`,
        target: { kind: 'container', id, name: container.name },
        projectId: container.projectId,
      });
    // A deletion that still waits for a polite stop may be asked to hurry.
    if (container.deleting && !overtakes)
      throw new DomainError('conflict', `"${container.name}" is being deleted; nothing else can be done with it.`);
    return container;
  }
}

function wishOf(
  type: OperationType,
  container: LockedContainer,
  targetGeneration: number,
  detail: Wish['detail'],
): Wish {
  const { id: targetId, name: targetName, projectId } = container;
  return { type, targetKind: 'container', targetId, targetName, targetGeneration, projectId, detail };
}
