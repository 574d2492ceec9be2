import type { TokenScope } from '@lxdm/entities';
import { applyDecorators, createParamDecorator, CustomDecorator, ExecutionContext, SetMetadata } from '@nestjs/common';
import type { Request } from 'express';
import type { EntryTokenCaller } from './entry-token';

/** Who is asking, and by which means. */
export interface Actor {
  userId: string;
  username: string;
  displayName: string;
  /** A service comes by token only. */
  kind: 'person' | 'service';
  /** Acts as an admin now: an admin whose sudo is on, or a token of scope `admin`. */
  isAdmin: boolean;
  /** May turn sudo on; always false for tokens. */
  canSudo: boolean;
  /** Until when sudo is on in this session; null while it is off, and for tokens. */
  sudoUntil: Date | null;
  means: 'session' | 'token';
  /** Null for tokens. */
  sessionId: string | null;
  /** Null for sessions. */
  tokenId: string | null;
  /** `write` for sessions. */
  scope: TokenScope;
  /** Where the request comes from; empty when that is not known. */
  address: string;
  requestId: string;
  /** Null for tokens that do not expire. */
  expiresAt: Date | null;
  /** The hash of the session's token, to which its CSRF token is bound; or that of the API token. */
  tokenHash: string;
}

/** An actor who came by a session. */
export interface SessionActor extends Actor {
  sessionId: string;
  expiresAt: Date;
}

/** A request whose session or token was found. */
export interface ActingRequest extends Request {
  actor?: Actor;
  /** Instead of an actor, on routes that tokens of dynamic entries open. */
  entryToken?: EntryTokenCaller;
}

/** The metadata key of routes that need no session. */
export const PUBLIC = 'lxdm:public';
/** The metadata key of routes that tokens may not use. */
export const SESSION_ONLY = 'lxdm:session-only';
/** The metadata key of routes that people who wait for their approval may use. */
export const WAITING_TOO = 'lxdm:waiting-too';

/** The metadata key of routes that programs call with the tokens of dynamic entries, too. */
export const ENTRY_DOOR = 'lxdm:entry-door';

/** A route that needs no session; without this mark every route does. */
export const Public = (): CustomDecorator => SetMetadata(PUBLIC, true);

/** A route about the session itself, or one that a stolen token must not reach: no token opens it. */
export const SessionOnly = (): CustomDecorator => SetMetadata(SESSION_ONLY, true);

/** A route that is open to people who wait for their approval, too. */
export const WaitingToo = (): MethodDecorator => applyDecorators(SetMetadata(WAITING_TOO, true));

/**
 * A route by which programs set dynamic entries: besides everybody who is signed in, an entry's token opens it, and any token may be
 * sent as the password of HTTP's own scheme, or as X-Api-Key, because their clients know nothing else.
 */
export const EntryDoor = (): CustomDecorator => SetMetadata(ENTRY_DOOR, true);

/** Who sets a dynamic entry: somebody who is signed in, or an entry's token. */
export const CurrentCaller = createParamDecorator((_data: unknown, context: ExecutionContext): EntryCaller => {
  const { entryToken } = context.switchToHttp().getRequest<ActingRequest>();
  return entryToken ?? actorOf(context);
});

/** Somebody who is signed in, or an entry's token. */
export type EntryCaller = Actor | EntryTokenCaller;

/** The actor of the request, which the session guard has put there. */
export const CurrentActor = createParamDecorator((_data: unknown, context: ExecutionContext): Actor =>
  actorOf(context),
);

/** The actor of a route that only sessions open. */
export const CurrentSession = createParamDecorator((_data: unknown, context: ExecutionContext): SessionActor => {
  const actor = actorOf(context);
  if (!isSession(actor)) throw new Error('A route that is not marked SessionOnly asked for the session.');
  return actor;
});

/** Whether an actor came by a session. */
export function isSession(actor: Actor): actor is SessionActor {
  return actor.sessionId !== null && actor.expiresAt !== null;
}

/** What an actor's event streams end with: the session, or the token. */
export function ticketOf(actor: Pick<Actor, 'sessionId' | 'tokenId'>): string {
  return actor.sessionId ?? actor.tokenId ?? '';
}

function actorOf(context: ExecutionContext): Actor {
  const { actor } = context.switchToHttp().getRequest<ActingRequest>();
  if (!actor) throw new Error('A route without a session asked for the actor.');
  return actor;
}
