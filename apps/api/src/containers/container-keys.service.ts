import { DomainError, notFound } from '@lxdm/domain';
import { ContainersRepository, ProjectsRepository } from '@lxdm/entities';
import { Injectable } from '@nestjs/common';
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
  ) {}

  async list(actor: Actor, id: string): Promise<ContainerKeys> {
    const [view, viewer] = await Promise.all([this.containers.find(id), viewerOf(actor, this.projects)]);
    if (!view || !mayOnContainer(viewer, 'read-keys', view.projectId)) throw notFound('container');
    return { checkedAt: null, error: null, keys: [] };
  }

  redeploy(_actor: Actor, _id: string, _mark: RequestMark): Promise<Operation> {
    return Promise.reject(new DomainError('not-ready', 'Keys cannot be delivered again yet.'));
  }
}
