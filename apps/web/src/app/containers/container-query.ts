import { statuses, type ContainerStatus } from './container-status';
import type { ListContainers } from './list-request';

export type Sort = NonNullable<ListContainers['sort']>;
export type SortColumn = Exclude<Sort, `-${string}`>;

export const sortColumns: SortColumn[] = ['name', 'status', 'host', 'project', 'createdAt'];

/** What the list shows; every part of it is in the address, so that a view can be sent to somebody. */
export interface ContainerQuery {
  filter: string;
  status: ContainerStatus | '';
  projectId: string;
  hostId: string;
  sort: Sort;
  page: number;
  pageSize: number;
}

export const pageSizes = [25, 50, 100, 250];

export const defaultQuery: ContainerQuery = {
  filter: '',
  status: '',
  projectId: '',
  hostId: '',
  sort: 'name',
  page: 1,
  pageSize: 50,
};

export type QueryParams = Record<string, string | undefined>;

/** From the address; anything odd becomes the default rather than an error. */
export function readQuery(params: QueryParams): ContainerQuery {
  const size = Number(params['pageSize']);
  return {
    filter: params['filter'] ?? '',
    status: statuses.find((status) => status === params['status']) ?? '',
    projectId: params['projectId'] ?? '',
    hostId: params['hostId'] ?? '',
    sort: readSort(params['sort']) ?? defaultQuery.sort,
    page: positive(params['page']) ?? 1,
    pageSize: pageSizes.includes(size) ? size : defaultQuery.pageSize,
  };
}

/** For the address: only what differs from the default. */
export function writeQuery(query: ContainerQuery): Record<string, string | number | null> {
  const entries = Object.entries(query) as [keyof ContainerQuery, string | number][];
  return Object.fromEntries(entries.map(([key, value]) => [key, value === defaultQuery[key] ? null : value]));
}

export function toRequest(query: ContainerQuery): ListContainers {
  const { filter, status, projectId, hostId, sort, page, pageSize } = query;
  return {
    sort,
    page,
    pageSize,
    ...(filter.trim() === '' ? {} : { filter: filter.trim() }),
    ...(status === '' ? {} : { status }),
    ...(projectId === '' ? {} : { projectId }),
    ...(hostId === '' ? {} : { hostId }),
  };
}

export function isNarrowed(query: ContainerQuery): boolean {
  return [query.filter.trim(), query.status, query.projectId, query.hostId].some((part) => part !== '');
}

/** The next sort when a column's head is pressed: up, then down. */
export function toggledSort(current: Sort, column: SortColumn): Sort {
  return current === column ? `-${column}` : column;
}

function readSort(text: string | undefined): Sort | undefined {
  const column = sortColumns.find((known) => text === known || text === `-${known}`);
  return column && text?.startsWith('-') ? `-${column}` : column;
}

function positive(text: string | undefined): number | undefined {
  const value = Number(text);
  return Number.isInteger(value) && value > 0 ? value : undefined;
}
