import { hashToken, verifyCsrfToken } from '@lxdm/crypto';
import { DomainError } from '@lxdm/domain';
import { SessionsRepository } from '@lxdm/entities';
import { CanActivate, ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { API_SETTINGS, ApiSettings } from '../api-settings';
import { isUnsafe } from '../http/origin-check';
import { RequestFault } from '../http/request-fault';
import { ActingRequest, PUBLIC } from './actor';
import { CSRF_HEADER, sessionTokenOf } from './session-cookies';

/** Lets nobody in without a live session, and nothing be changed without that session's CSRF token. */
@Injectable()
export class SessionGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly sessions: SessionsRepository,
    @Inject(API_SETTINGS) private readonly settings: Pick<ApiSettings, 'sessionSecret'>,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (this.reflector.getAllAndOverride<boolean>(PUBLIC, [context.getHandler(), context.getClass()])) return true;
    const request = context.switchToHttp().getRequest<ActingRequest>();
    const token = sessionTokenOf(request);
    const tokenHash = token === undefined ? undefined : hashToken(token);
    const user = tokenHash === undefined ? null : await this.sessions.findLive(tokenHash);
    if (!user || tokenHash === undefined)
      throw new DomainError('unauthenticated', 'There is no live session; sign in.');
    if (
      isUnsafe(request.method) &&
      !verifyCsrfToken(this.settings.sessionSecret, tokenHash, request.headers[CSRF_HEADER])
    )
      throw new RequestFault(
        403,
        'csrf',
        'The X-XSRF-TOKEN header does not belong to this session. Reload the page and try again.',
      );
    request.actor = { ...user, tokenHash };
    return true;
  }
}
