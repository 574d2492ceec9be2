import { verifyCsrfToken } from '@lxdm/crypto';
import { DomainError } from '@lxdm/domain';
import { CanActivate, ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { API_SETTINGS, ApiSettings } from '../api-settings';
import { isUnsafe } from '../http/origin-check';
import { RequestFault } from '../http/request-fault';
import { ActingRequest, Actor, PUBLIC, SESSION_ONLY, WAITING_TOO } from './actor';
import { ActorFinder } from './actor-finder';
import { tokenOfAuthorization } from './authorization';
import { CSRF_HEADER } from './session-cookies';

/** Lets nobody in without a live session or token, and nothing be changed by a session without its CSRF token. */
@Injectable()
export class SessionGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly actors: ActorFinder,
    @Inject(API_SETTINGS) private readonly settings: Pick<ApiSettings, 'sessionSecret'>,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const marked = (key: string): boolean =>
      this.reflector.getAllAndOverride<boolean | undefined>(key, [context.getHandler(), context.getClass()]) === true;
    if (marked(PUBLIC)) return true;
    const request = context.switchToHttp().getRequest<ActingRequest>();
    const { given, token } = tokenOfAuthorization(request.headers.authorization);
    // A browser adds cookies by itself, but no such header: whoever sends it means it, and is no forged request.
    if (given) request.actor = await this.byToken(request, token, marked(SESSION_ONLY));
    else request.actor = await this.bySession(request, marked(WAITING_TOO));
    return true;
  }

  private async byToken(request: ActingRequest, token: string | null, sessionOnly: boolean): Promise<Actor> {
    const actor = token === null ? null : await this.actors.byToken(request, token);
    if (!actor) throw new DomainError('unauthenticated', 'This token does not open anything from here.');
    if (sessionOnly) throw new DomainError('forbidden', 'A token cannot do this: sign in with a browser.');
    if (actor.scope === 'read' && isUnsafe(request.method))
      throw new DomainError('forbidden', 'This token may only read.');
    return actor;
  }

  private async bySession(request: ActingRequest, waitingToo: boolean): Promise<Actor> {
    const found = await this.actors.bySession(request);
    if (!found) throw new DomainError('unauthenticated', 'There is no live session; sign in.');
    const { actor, standing } = found;
    const csrfToken = request.headers[CSRF_HEADER];
    if (isUnsafe(request.method) && !verifyCsrfToken(this.settings.sessionSecret, actor.tokenHash, csrfToken))
      throw new RequestFault(
        403,
        'csrf',
        'The X-XSRF-TOKEN header does not belong to this session. Reload the page and try again.',
      );
    if (standing !== 'active' && !waitingToo)
      throw new RequestFault(403, 'not-approved', 'Your account waits for an admin to approve it.');
    return actor;
  }
}
