import { inject } from '@angular/core';
import { CanActivateFn, Router } from '@angular/router';
import { safeReturnUrl } from './return-url';
import { SessionStore } from './session.store';

export const signedIn: CanActivateFn = async (_route, state) => {
  const router = inject(Router);
  const session = inject(SessionStore);
  const queryParams = state.url === '/' ? {} : { returnUrl: state.url };
  if (!(await session.known())) return router.createUrlTree(['/sign-in'], { queryParams });
  return session.active() || router.createUrlTree(['/waiting'], { queryParams });
};

export const signedOut: CanActivateFn = async (route) => {
  const router = inject(Router);
  const known = await inject(SessionStore).known();
  return known ? router.parseUrl(safeReturnUrl(route.queryParamMap.get('returnUrl') ?? undefined)) : true;
};

/** For the waiting page: only for those who wait. */
export const notLetIn: CanActivateFn = async (route) => {
  const router = inject(Router);
  const session = inject(SessionStore);
  if (!(await session.known())) return router.createUrlTree(['/sign-in']);
  return session.active() ? router.parseUrl(safeReturnUrl(route.queryParamMap.get('returnUrl') ?? undefined)) : true;
};
