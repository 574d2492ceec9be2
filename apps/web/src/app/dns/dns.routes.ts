import { Routes } from '@angular/router';
import { unsavedText } from '../static-entries/unsaved-text';
import { dnsStart } from './dns-start';

export const dnsRoutes: Routes = [
  {
    path: '',
    loadComponent: () => import('./dns-shell').then((m) => m.DnsShell),
    children: [
      { path: '', pathMatch: 'full', canActivate: [dnsStart], children: [] },
      { path: 'zones', title: 'Zones', loadComponent: () => import('../zones/zone-list').then((m) => m.ZoneList) },
      {
        path: 'zones/:name',
        title: 'Zone',
        loadComponent: () => import('../zones/zone-detail').then((m) => m.ZoneDetail),
      },
      {
        path: 'static',
        title: 'Static entries',
        loadComponent: () => import('../static-entries/static-entry-list').then((m) => m.StaticEntryList),
      },
      {
        path: 'static/:id',
        title: 'Static entry',
        canDeactivate: [unsavedText],
        loadComponent: () => import('../static-entries/static-entry-page').then((m) => m.StaticEntryPage),
      },
      {
        path: 'dynamic',
        title: 'Dynamic entries',
        loadComponent: () => import('../dynamic-entries/dynamic-entry-list').then((m) => m.DynamicEntryList),
      },
      {
        path: 'dynamic/:id',
        title: 'Dynamic entry',
        loadComponent: () => import('../dynamic-entries/dynamic-entry-page').then((m) => m.DynamicEntryPage),
      },
      {
        path: 'keys',
        title: 'TSIG keys',
        loadComponent: () => import('../tsig-keys/tsig-key-list').then((m) => m.TsigKeyList),
      },
      {
        path: 'secondaries',
        title: 'Secondaries',
        loadComponent: () => import('../secondaries/secondary-list').then((m) => m.SecondaryList),
      },
    ],
  },
];
