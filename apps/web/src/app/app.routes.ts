import { Routes } from '@angular/router';
import { restoredFilter } from './containers/restored-filter';
import { notLetIn, signedIn, signedOut } from './session/session-guard';

export const routes: Routes = [
  {
    path: 'sign-in',
    title: 'Sign in',
    canActivate: [signedOut],
    loadComponent: () => import('./session/sign-in').then((m) => m.SignIn),
  },
  {
    path: 'waiting',
    title: 'Waiting for approval',
    canActivate: [notLetIn],
    loadComponent: () => import('./session/waiting').then((m) => m.Waiting),
  },
  {
    path: '',
    canActivate: [signedIn],
    loadComponent: () => import('./shell/shell').then((m) => m.Shell),
    children: [
      { path: '', pathMatch: 'full', redirectTo: 'containers' },
      {
        path: 'containers',
        title: 'Containers',
        canActivate: [restoredFilter],
        loadComponent: () => import('./containers/container-list').then((m) => m.ContainerList),
      },
      {
        path: 'containers/:id',
        title: 'Container',
        loadComponent: () => import('./containers/container-detail').then((m) => m.ContainerDetailPage),
      },
      { path: 'hosts', title: 'Hosts', loadComponent: () => import('./hosts/host-list').then((m) => m.HostList) },
      {
        path: 'hosts/:id',
        title: 'Host',
        loadComponent: () => import('./hosts/host-detail').then((m) => m.HostDetail),
      },
      {
        path: 'projects',
        title: 'Projects',
        loadComponent: () => import('./projects/project-list').then((m) => m.ProjectList),
      },
      {
        path: 'projects/:id',
        title: 'Project',
        loadComponent: () => import('./projects/project-detail').then((m) => m.ProjectDetail),
      },
      {
        path: 'dns',
        loadChildren: () => import('./dns/dns.routes').then((m) => m.dnsRoutes),
      },
      {
        path: 'people',
        title: 'People',
        loadComponent: () => import('./people/people-list').then((m) => m.PeopleList),
      },
      {
        path: 'audit',
        title: 'Audit log',
        loadComponent: () => import('./audit/audit-list').then((m) => m.AuditList),
      },
      {
        path: 'operations',
        title: 'Operations',
        loadComponent: () => import('./operations/operation-list').then((m) => m.OperationList),
      },
      { path: 'profile', title: 'Profile', loadComponent: () => import('./profile/profile').then((m) => m.Profile) },
      {
        path: '**',
        title: 'Not found',
        loadComponent: () => import('./shell/not-found').then((m) => m.NotFound),
      },
    ],
  },
];
