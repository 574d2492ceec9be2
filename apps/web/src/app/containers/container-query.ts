import type { ListContainers } from './list-request';

/** What the list shows; every part of it is in the address, so that a view can be sent to somebody. */
export interface ContainerQuery {
  filter: string;
  status: string;
  projectId: string;
  hostId: string;
  sort: string;
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
    status: params['status'] ?? '',
    projectId: params['projectId'] ?? '',
    hostId: params['hostId'] ?? '',
    sort: /^-?[a-zA-Z]+$/.test(params['sort'] ?? '') ? (params['sort'] ?? '') : defaultQuery.sort,
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
export function toggledSort(current: string, column: string): string {
  return current === column ? `-${column}` : column;
}

function positive(text: string | undefined): number | undefined {
  const value = Number(text);
  return Number.isInteger(value) && value > 0 ? value : undefined;
}
