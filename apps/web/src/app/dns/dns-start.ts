import { inject } from '@angular/core';
import { CanActivateFn, Router } from '@angular/router';
import { SessionStore } from '../session/session.store';

/** Where DNS begins: with the zones for administrators at work, with one's own entries for everybody else. */
export const dnsStart: CanActivateFn = () =>
  inject(Router).createUrlTree([inject(SessionStore).isAdmin() ? '/dns/zones' : '/dns/dynamic']);
