import { inject } from '@angular/core';
import { CanActivateFn, Router } from '@angular/router';
import { SessionStore } from './session.store';

export const signedIn: CanActivateFn = async (_route, state) => {
  const router = inject(Router);
  if (await inject(SessionStore).known()) return true;
  return router.createUrlTree(['/sign-in'], state.url === '/' ? {} : { queryParams: { returnUrl: state.url } });
};

export const signedOut: CanActivateFn = async () => {
  const router = inject(Router);
  return (await inject(SessionStore).known()) ? router.createUrlTree(['/']) : true;
};
