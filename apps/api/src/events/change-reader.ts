import { hostStateOf } from '@lxdm/domain';
import {
  ChangeKind,
  ChangeRow,
  ChangesRepository,
  ContainersRepository,
  ContainerView,
  HostsRepository,
  HostView,
  OperationsRepository,
  ProjectsRepository,
  ProjectView,
} from '@lxdm/entities';
import { Injectable } from '@nestjs/common';
import { containerOf } from '../containers/container-mapping';
import { hostOf } from '../hosts/host-mapping';
import { operationOf } from '../operations/operation-mapping';
import { projectOf } from '../projects/project-mapping';
import { BatchItem, ChangeBatch, twoVersions } from './change-batch';

/** How many entries of the feed are told at a time: what waits for one reader is bounded by it. */
export const BATCH_SIZE = 250;

/** Reads the change feed and the things that changed: a handful of queries for any number of changes and listeners. */
@Injectable()
export class ChangeReader {
  /** The state of each host as it was told last: when it changes, what is shown of its containers changes too. */
  private readonly hostStates = new Map<string, string>();

  constructor(
    private readonly changes: ChangesRepository,
    private readonly containers: ContainersRepository,
    private readonly operations: OperationsRepository,
    private readonly hosts: HostsRepository,
    private readonly projects: ProjectsRepository,
  ) {}

  /** What came after that entry; null when nothing did. */
  async after(seq: number): Promise<ChangeBatch | null> {
    const rows = await this.changes.since(seq, BATCH_SIZE);
    const last = rows.at(-1);
    if (!last) return null;
    const newest = newestOfEach(rows);
    const ids = (kind: ChangeKind): string[] => newest.filter((row) => row.kind === kind).map((row) => row.entityId);
    const [containers, operations, hosts, projects] = await Promise.all([
      someOr(ids('container'), (wanted) => this.containers.byIds(wanted)),
      someOr(ids('operation'), (wanted) => this.operations.byIds(wanted)),
      someOr(ids('host'), (wanted) => this.hosts.byIds(wanted)),
      someOr(ids('project'), (wanted) => this.projects.byIds(wanted)),
    ]);
    const items = newest.flatMap((row): BatchItem[] => {
      const { seq: at, entityId, kind } = row;
      switch (kind) {
        case 'container': {
          const view = containers.get(entityId);
          return [view ? this.containerItem(at, view) : goneItem('container', row, row.projectId)];
        }
        case 'operation': {
          const view = operations.get(entityId);
          return view
            ? [{ seq: at, event: kind, projectId: view.projectId, data: twoVersions(() => operationOf(view)) }]
            : [];
        }
        case 'host': {
          const view = hosts.get(entityId);
          return [view ? hostItem(at, view) : goneItem('host', row, undefined)];
        }
        case 'project': {
          const view = projects.get(entityId);
          if (!view) return [goneItem('project', row, entityId)];
          return [
            {
              seq: at,
              event: kind,
              projectId: view.id,
              data: (stream) => JSON.stringify(projectOf(view, stream.actor.userId)),
            },
          ];
        }
        case 'user':
        case 'zone':
          return [];
      }
    });
    items.push(...movedAway(rows, containers));
    for (const row of newest.filter((entry) => entry.kind === 'host')) {
      const view = hosts.get(row.entityId);
      if (view && this.stateChanged(view)) items.push(...(await this.containersOn(view.id, row.seq, containers)));
    }
    items.sort((a, b) => (a.seq ?? 0) - (b.seq ?? 0));
    return {
      last: last.seq,
      items,
      peopleChanged: newest.some((row) => row.kind === 'project' || row.kind === 'user'),
      whole: wholeProjects([...projects.values()], [...containers.values()]),
    };
  }

  /** Hosts whose state is another one only because time has passed, and their containers. */
  async drifted(): Promise<BatchItem[]> {
    const items: BatchItem[] = [];
    for (const view of await this.hosts.list()) {
      const known = this.hostStates.has(view.id);
      if (!this.stateChanged(view) || !known) continue;
      items.push(hostItem(null, view), ...(await this.containersOn(view.id, null, new Map())));
    }
    return items;
  }

  private stateChanged(view: HostView): boolean {
    const { state, reason } = hostStateOf(view, new Date());
    const told = `${state} ${reason ?? ''}`;
    const changed = this.hostStates.get(view.id) !== told;
    this.hostStates.set(view.id, told);
    return changed;
  }

  private async containersOn(
    hostId: string,
    seq: number | null,
    told: ReadonlyMap<string, ContainerView>,
  ): Promise<BatchItem[]> {
    const query = { projectIds: null, hostId, sort: 'name', descending: false, offset: 0, limit: null } as const;
    const { items } = await this.containers.page(query);
    return items.filter((view) => !told.has(view.id)).map((view) => this.containerItem(seq, view));
  }

  private containerItem(seq: number | null, view: ContainerView): BatchItem {
    const now = new Date();
    return {
      seq,
      event: 'container',
      projectId: view.projectId,
      data: twoVersions((isAdmin) => containerOf(view, { now, isAdmin })),
    };
  }
}

function hostItem(seq: number | null, view: HostView): BatchItem {
  const now = new Date();
  return { seq, event: 'host', projectId: undefined, data: twoVersions((isAdmin) => hostOf(view, now, isAdmin)) };
}

function goneItem(event: BatchItem['event'], row: ChangeRow, projectId: string | null | undefined): BatchItem {
  return { seq: row.seq, event, projectId, data: () => JSON.stringify({ id: row.entityId, removed: true }) };
}

/** Containers that went to another project are gone for those who saw them in the old one only. */
function movedAway(rows: readonly ChangeRow[], containers: ReadonlyMap<string, ContainerView>): BatchItem[] {
  return rows.flatMap((row) => {
    const view = row.kind === 'container' ? containers.get(row.entityId) : undefined;
    if (!view || row.projectId === null || row.projectId === view.projectId) return [];
    return [{ ...goneItem('container', row, row.projectId), butOf: view.projectId }];
  });
}

function newestOfEach(rows: readonly ChangeRow[]): ChangeRow[] {
  const newest = new Map<string, ChangeRow>();
  for (const row of rows) {
    const key = `${row.kind} ${row.entityId}`;
    newest.delete(key);
    newest.set(key, row);
  }
  return [...newest.values()];
}

async function someOr<T extends { id: string }>(
  ids: string[],
  load: (ids: string[]) => Promise<T[]>,
): Promise<Map<string, T>> {
  return new Map(ids.length === 0 ? [] : (await load(ids)).map((view) => [view.id, view]));
}

function wholeProjects(projects: readonly ProjectView[], containers: readonly ContainerView[]): Set<string> {
  const counts = new Map<string, number>();
  for (const { projectId } of containers)
    if (projectId !== null) counts.set(projectId, (counts.get(projectId) ?? 0) + 1);
  return new Set(projects.filter((project) => project.containers <= (counts.get(project.id) ?? 0)).map(({ id }) => id));
}
