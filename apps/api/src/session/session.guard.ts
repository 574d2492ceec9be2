import { hashToken, verifyCsrfToken } from '@lxdm/crypto';
import { DomainError } from '@lxdm/domain';
import { SessionsRepository, TokensRepository } from '@lxdm/entities';
import { CanActivate, ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { API_SETTINGS, ApiSettings } from '../api-settings';
import { isUnsafe } from '../http/origin-check';
import { RequestFault } from '../http/request-fault';
import { ActingRequest, Actor, PUBLIC, SESSION_ONLY, WAITING_TOO } from './actor';
import { Door, refusalAt } from './admission.policy';
import { tokenOfAuthorization } from './authorization';
import { LastSeen } from './last-seen';
import { inetOf } from './request-address';
import { CSRF_HEADER, sessionTokenOf } from './session-cookies';

/** Lets nobody in without a live session or token, and nothing be changed by a session without its CSRF token. */
@Injectable()
export class SessionGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly sessions: SessionsRepository,
    private readonly tokens: TokensRepository,
    private readonly lastSeen: LastSeen,
    @Inject(API_SETTINGS) private readonly settings: Pick<ApiSettings, 'sessionSecret'>,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const marked = (key: string): boolean =>
      this.reflector.getAllAndOverride<boolean | undefined>(key, [context.getHandler(), context.getClass()]) === true;
    if (marked(PUBLIC)) return true;
    const request = context.switchToHttp().getRequest<ActingRequest>();
    const { given, token } = tokenOfAuthorization(request.headers.authorization);
    // A browser adds cookies by itself, but no such header: whoever sends it means it, and is no forged request.
    const door = {
      changes: isUnsafe(request.method),
      sessionOnly: marked(SESSION_ONLY),
      waitingToo: marked(WAITING_TOO),
    };
    if (given) request.actor = await this.byToken(request, token, door);
    else request.actor = await this.bySession(request, door);
    return true;
  }

  private async byToken(request: ActingRequest, token: string | null, door: Door): Promise<Actor> {
    const address = inetOf(request.ip);
    const tokenHash = token === null ? '' : hashToken(token);
    const found = token === null ? null : await this.tokens.findLive(tokenHash, address);
    if (!found) throw new DomainError('unauthenticated', 'This token does not open anything from here.');
    refuse(refusalAt(door, { means: 'token', scope: found.scope, standing: 'active' }));
    const { unseen, ...user } = found;
    if (unseen) this.lastSeen.token(found.tokenId, address);
    return { ...user, ...markOf(request), means: 'token', sessionId: null, canSudo: false, sudoUntil: null, tokenHash };
  }

  private async bySession(request: ActingRequest, door: Door): Promise<Actor> {
    const token = sessionTokenOf(request);
    const tokenHash = token === undefined ? '' : hashToken(token);
    const found = token === undefined ? null : await this.sessions.findLive(tokenHash);
    if (!found) throw new DomainError('unauthenticated', 'There is no live session; sign in.');
    if (door.changes && !verifyCsrfToken(this.settings.sessionSecret, tokenHash, request.headers[CSRF_HEADER]))
      throw new RequestFault(
        403,
        'csrf',
        'The X-XSRF-TOKEN header does not belong to this session. Reload the page and try again.',
      );
    refuse(refusalAt(door, { means: 'session', scope: 'write', standing: found.standing }));
    const { unseen, standing: _standing, ...user } = found;
    if (unseen) this.lastSeen.session(found.sessionId);
    return { ...user, ...markOf(request), kind: 'person', means: 'session', tokenId: null, scope: 'write', tokenHash };
  }
}

function refuse(reason: ReturnType<typeof refusalAt>): void {
  switch (reason) {
    case null:
      return;
    case 'not-approved':
      throw new RequestFault(403, 'not-approved', 'Your account waits for an admin to approve it.');
    case 'session-only':
      throw new DomainError('forbidden', 'A token cannot do this: sign in with a browser.');
    case 'read-only':
      throw new DomainError('forbidden', 'This token may only read.');
  }
}

function markOf(request: ActingRequest): Pick<Actor, 'address' | 'requestId'> {
  const id = request.headers['x-request-id'];
  return { address: inetOf(request.ip) ?? '', requestId: typeof id === 'string' ? id : '' };
}
