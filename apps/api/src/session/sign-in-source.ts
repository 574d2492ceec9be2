import type { Request } from 'express';
import type { SignInSource } from './live-sessions';
import { inetOf } from './request-address';
import { sessionTokenOf } from './session-cookies';

/** Where a request to sign in comes from. */
export function signInSourceOf(request: Request): SignInSource {
  const requestId = request.headers['x-request-id'];
  return {
    address: inetOf(request.ip) ?? '',
    userAgent: request.headers['user-agent'] ?? '',
    requestId: typeof requestId === 'string' ? requestId : '',
    oldToken: sessionTokenOf(request),
  };
}
