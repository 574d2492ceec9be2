import { verifyCsrfToken } from '@lxdm/crypto';
import { DomainError } from '@lxdm/domain';
import { CanActivate, ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { API_SETTINGS, ApiSettings } from '../api-settings';
import { isUnsafe } from '../http/origin-check';
import { RequestFault } from '../http/request-fault';
import { ActingRequest, Actor, ENTRY_DOOR, PUBLIC, SESSION_ONLY, WAITING_TOO } from './actor';
import { ActorFinder } from './actor-finder';
import { Caller, Door, refusalAt } from './admission.policy';
import { tokenOfAuthorization, tokenOfDoor } from './authorization';
import { EntryTokens, isEntryToken } from './entry-token';
import { CSRF_HEADER } from './session-cookies';

/** Lets nobody in without a live session or token, and nothing be changed by a session without its CSRF token. */
@Injectable()
export class SessionGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly actors: ActorFinder,
    private readonly entryTokens: EntryTokens,
    @Inject(API_SETTINGS) private readonly settings: Pick<ApiSettings, 'sessionSecret'>,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const marked = (key: string): boolean =>
      this.reflector.getAllAndOverride<boolean | undefined>(key, [context.getHandler(), context.getClass()]) === true;
    if (marked(PUBLIC)) return true;
    const request = context.switchToHttp().getRequest<ActingRequest>();
    const isDoor = marked(ENTRY_DOOR);
    const { given, token, ...named } = isDoor
      ? tokenOfDoor(request.headers)
      : tokenOfAuthorization(request.headers.authorization);
    const door = {
      changes: isUnsafe(request.method),
      sessionOnly: marked(SESSION_ONLY),
      waitingToo: marked(WAITING_TOO),
    };
    // A browser adds cookies by itself, but no such header: whoever sends it means it, and is no forged request.
    if (given && isDoor) return this.byDoor(request, token, named, door);
    request.actor = given ? await this.byToken(request, token, door) : await this.bySession(request, door);
    return true;
  }

  private async byToken(request: ActingRequest, token: string | null, door: Door): Promise<Actor> {
    const actor = token === null ? null : await this.actors.byToken(request, token);
    if (!actor) throw new DomainError('unauthenticated', 'This token does not open anything from here.');
    admit(door, { ...actor, standing: 'active' });
    return actor;
  }

  /** Programs guess, too: what fails here is counted, for every kind of token. */
  private async byDoor(
    request: ActingRequest,
    token: string | null,
    { id }: { id?: string },
    door: Door,
  ): Promise<boolean> {
    const refund = this.entryTokens.take(request);
    try {
      if (token !== null && isEntryToken(token)) request.entryToken = await this.entryTokens.open(request, token, id);
      else request.actor = await this.byToken(request, token, door);
    } catch (error) {
      // A fault of ours, such as a database that is away, says nothing about the token.
      if (!(error instanceof DomainError)) refund();
      throw error;
    }
    refund();
    return true;
  }

  private async bySession(request: ActingRequest, door: Door): Promise<Actor> {
    const found = await this.actors.bySession(request);
    if (!found) throw new DomainError('unauthenticated', 'There is no live session; sign in.');
    const { actor, standing } = found;
    const csrfToken = request.headers[CSRF_HEADER];
    if (door.changes && !verifyCsrfToken(this.settings.sessionSecret, actor.tokenHash, csrfToken))
      throw new RequestFault(
        403,
        'csrf',
        'The X-XSRF-TOKEN header does not belong to this session. Reload the page and try again.',
      );
    admit(door, { ...actor, standing });
    return actor;
  }
}

/** @throws DomainError `forbidden`, or the fault by which the console knows those who wait */
function admit(door: Door, caller: Caller): void {
  switch (refusalAt(door, caller)) {
    case 'not-approved':
      throw new RequestFault(403, 'not-approved', 'Your account waits for an admin to approve it.');
    case 'session-only':
      throw new DomainError('forbidden', 'A token cannot do this: sign in with a browser.');
    case 'read-only':
      throw new DomainError('forbidden', 'This token may only read.');
    case null:
      return;
  }
}
