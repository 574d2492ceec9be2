import { nameKey } from '@lxdm/domain';
import { ContainerQuery, ContainersRepository, ContainerView, ProjectsRepository } from '@lxdm/entities';
import { Injectable } from '@nestjs/common';
import { offsetOf } from '../http/page-query';
import { viewerOf, visibleProjects } from '../projects/viewer';
import type { Actor } from '../session/actor';
import { containerOf, Sight } from './container-mapping';
import type { Container, ContainerPage } from './dto/container';
import type { ContainerSortKey, ListContainers } from './dto/list-containers';

/** Lists of containers. */
@Injectable()
export class ContainerListService {
  constructor(
    private readonly containers: ContainersRepository,
    private readonly projects: ProjectsRepository,
  ) {}

  async list(actor: Actor, query: ListContainers): Promise<ContainerPage> {
    const sight = { now: new Date(), isAdmin: actor.isAdmin };
    const projectIds = visibleProjects(await viewerOf(actor, this.projects));
    const { sort = 'name', page, pageSize } = query;
    const descending = sort.startsWith('-');
    const key = sort.replace('-', '') as ContainerSortKey;
    const wanted = { projectIds, ...given(query), descending };
    if (key !== 'status' && query.status === undefined) {
      const found = await this.containers.page({ ...wanted, sort: key, offset: offsetOf(query), limit: pageSize });
      return { items: found.items.map((view) => containerOf(view, sight)), total: found.total, page, pageSize };
    }
    // A status is no column: the rules decide it, so all that is visible is looked at.
    const column = key === 'status' ? 'name' : key;
    const { items } = await this.containers.page({ ...wanted, sort: column, offset: 0, limit: null });
    const matching = byStatus(items, sight, query.status);
    if (key === 'status') matching.sort((a, b) => order(a, b) * (descending ? -1 : 1));
    const offset = offsetOf(query);
    return { items: matching.slice(offset, offset + pageSize), total: matching.length, page, pageSize };
  }
}

function given({ filter, projectId, hostId }: ListContainers): Pick<ContainerQuery, 'filter' | 'projectId' | 'hostId'> {
  return {
    ...(filter === undefined ? {} : { filter }),
    ...(projectId === undefined ? {} : { projectId }),
    ...(hostId === undefined ? {} : { hostId }),
  };
}

function byStatus(views: readonly ContainerView[], sight: Sight, status: Container['status'] | undefined): Container[] {
  const items = views.map((view) => containerOf(view, sight));
  return status === undefined ? items : items.filter((item) => item.status === status);
}

function order(a: Container, b: Container): number {
  return a.status.localeCompare(b.status) || (nameKey(a.name) < nameKey(b.name) ? -1 : 1);
}
