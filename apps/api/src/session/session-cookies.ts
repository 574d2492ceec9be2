import type { CookieOptions, Request, Response } from 'express';

/** The cookie that Angular reads and sends back as X-XSRF-TOKEN. */
export const CSRF_COOKIE = 'XSRF-TOKEN';
/** The header that proves that a request was made by a page that can read our cookies. */
export const CSRF_HEADER = 'x-xsrf-token';

/** `__Host-` binds the cookie to this very host and to TLS (RFC 6265bis §4.1.3.2); over plain HTTP browsers refuse it. */
export function sessionCookieName(secure: boolean): string {
  return secure ? '__Host-lxdm_session' : 'lxdm_session';
}

/** The value of one cookie, or undefined when it is not there, or twice with different values. */
export function readCookie(header: string | undefined, name: string): string | undefined {
  if (!header || header.length > 16_384) return undefined;
  const values = header
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part.startsWith(`${name}=`))
    .map((part) => part.slice(name.length + 1));
  return new Set(values).size === 1 ? values[0] : undefined;
}

/** The session token of a request. */
export function sessionTokenOf(request: Request): string | undefined {
  const token = readCookie(request.headers.cookie, sessionCookieName(request.secure));
  return token !== undefined && /^[A-Za-z0-9_-]{20,100}$/.test(token) ? token : undefined;
}

/** Hands a session to the browser. */
export function setSessionCookies(response: Response, token: string, csrfToken: string, expires: Date): void {
  const { secure } = response.req;
  response.cookie(sessionCookieName(secure), token, { ...scope(secure), httpOnly: true, expires });
  setCsrfCookie(response, csrfToken, expires);
}

/** Gives the browser the CSRF token of its session (again). */
export function setCsrfCookie(response: Response, csrfToken: string, expires: Date): void {
  response.cookie(CSRF_COOKIE, csrfToken, { ...scope(response.req.secure), httpOnly: false, expires });
}

/** Takes both cookies back. */
export function clearSessionCookies(response: Response): void {
  const { secure } = response.req;
  response.clearCookie(sessionCookieName(secure), { ...scope(secure), httpOnly: true });
  response.clearCookie(CSRF_COOKIE, scope(secure));
}

function scope(secure: boolean): CookieOptions {
  return { path: '/', sameSite: 'lax', secure };
}
