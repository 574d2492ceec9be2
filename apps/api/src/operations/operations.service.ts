import { notFound } from '@lxdm/domain';
import { OperationsRepository, ProjectsRepository } from '@lxdm/entities';
import { Injectable } from '@nestjs/common';
import { offsetOf } from '../http/page-query';
import { viewerOf, visibleProjects } from '../projects/viewer';
import type { Actor } from '../session/actor';
import type { ListOperations } from './dto/list-operations';
import type { Operation, OperationPage } from './dto/operation';
import { operationOf } from './operation-mapping';
import { maySeeOperation } from './operations.policy';

/** What was asked for, and how it went. */
@Injectable()
export class OperationsService {
  constructor(
    private readonly operations: OperationsRepository,
    private readonly projects: ProjectsRepository,
  ) {}

  async list(actor: Actor, query: ListOperations): Promise<OperationPage> {
    const projectIds = visibleProjects(await viewerOf(actor, this.projects));
    const { targetId, status, page, pageSize } = query;
    const found = await this.operations.page({
      projectIds,
      ...(targetId === undefined ? {} : { targetId }),
      ...(status === undefined ? {} : { status }),
      offset: offsetOf(query),
      limit: pageSize,
    });
    return { items: found.items.map(operationOf), total: found.total, page, pageSize };
  }

  async get(actor: Actor, id: string): Promise<Operation> {
    const [[view], viewer] = await Promise.all([this.operations.byIds([id]), viewerOf(actor, this.projects)]);
    if (!view || !maySeeOperation(viewer, view)) throw notFound('operation');
    return operationOf(view);
  }
}
