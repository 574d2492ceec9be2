import type { CookieOptions, Request, Response } from 'express';
import { readCookie } from '../session-cookies';
import { STATE_MS } from './sign-in-state';

/** The sign-in that is under way in a browser. */
export function readSignInCookie(request: Request): string | undefined {
  return readCookie(request.headers.cookie, nameOf(request.secure));
}

/** Keeps a sign-in in the browser that began it. */
export function setSignInCookie(response: Response, value: string): void {
  const { secure } = response.req;
  response.cookie(nameOf(secure), value, { ...scope(secure), maxAge: STATE_MS });
}

/** Forgets it: whether it went well or not, it is over. */
export function clearSignInCookie(response: Response): void {
  const { secure } = response.req;
  response.clearCookie(nameOf(secure), scope(secure));
}

/** `__Host-` binds the cookie to this very host and to TLS (RFC 6265bis §4.1.3.2); over plain HTTP browsers refuse it. */
function nameOf(secure: boolean): string {
  return secure ? '__Host-lxdm_sign_in' : 'lxdm_sign_in';
}

/** Lax, because the browser comes back from GitLab by a link. */
function scope(secure: boolean): CookieOptions {
  return { path: '/', sameSite: 'lax', secure, httpOnly: true };
}
