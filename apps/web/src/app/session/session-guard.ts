import { inject } from '@angular/core';
import { CanActivateFn, Router } from '@angular/router';
import { Notices } from '../feedback/notices';
import { safeReturnUrl } from './return-url';
import { SessionStore } from './session.store';
import { signInError } from './sign-in-error';

export const signedIn: CanActivateFn = async (_route, state) => {
  const router = inject(Router);
  const session = inject(SessionStore);
  const queryParams = state.url === '/' ? {} : { returnUrl: state.url };
  if (!(await session.known())) return router.createUrlTree(['/sign-in'], { queryParams });
  return session.active() || router.createUrlTree(['/waiting'], { queryParams });
};

export const signedOut: CanActivateFn = async (route) => {
  const router = inject(Router);
  const notices = inject(Notices);
  if (!(await inject(SessionStore).known())) return true;
  // Linking an account, or sudo by GitLab, went wrong: the session goes on where it was, with the word of it.
  const error = route.queryParamMap.get('error');
  if (error) notices.warn(signInError(error));
  return router.parseUrl(safeReturnUrl(route.queryParamMap.get('returnUrl') ?? undefined));
};

/** For the waiting page: only for those who wait. */
export const notLetIn: CanActivateFn = async (route) => {
  const router = inject(Router);
  const session = inject(SessionStore);
  if (!(await session.known())) return router.createUrlTree(['/sign-in']);
  return session.active() ? router.parseUrl(safeReturnUrl(route.queryParamMap.get('returnUrl') ?? undefined)) : true;
};
