import type { IconName } from './icons';

/** Where the main navigation leads; `admin`: only while sudo is on. */
export interface Place {
  path: string;
  label: string;
  icon: IconName;
  admin?: true;
}

const places: Place[] = [
  { path: '/containers', label: 'Containers', icon: 'container' },
  { path: '/hosts', label: 'Hosts', icon: 'host' },
  { path: '/projects', label: 'Projects', icon: 'project' },
  { path: '/dns', label: 'DNS', icon: 'dns' },
  { path: '/people', label: 'People', icon: 'people', admin: true },
  { path: '/operations', label: 'Operations', icon: 'operation' },
  { path: '/audit', label: 'Audit', icon: 'history' },
];

export function placesFor(isAdmin: boolean): Place[] {
  return places.filter((place) => isAdmin || !place.admin);
}
