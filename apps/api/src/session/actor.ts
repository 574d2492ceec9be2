import { createParamDecorator, CustomDecorator, ExecutionContext, SetMetadata } from '@nestjs/common';
import type { Request } from 'express';

/** Who is asking. */
export interface Actor {
  sessionId: string;
  userId: string;
  username: string;
  displayName: string;
  isAdmin: boolean;
  expiresAt: Date;
  /** The hash of the session's token, to which its CSRF token is bound. */
  tokenHash: string;
}

/** A request whose session was found. */
export interface ActingRequest extends Request {
  actor?: Actor;
}

/** The metadata key of routes that need no session. */
export const PUBLIC = 'lxdm:public';

/** A route that needs no session; without this mark every route does. */
export const Public = (): CustomDecorator => SetMetadata(PUBLIC, true);

/** The actor of the request, which the session guard has put there. */
export const CurrentActor = createParamDecorator((_data: unknown, context: ExecutionContext): Actor => {
  const { actor } = context.switchToHttp().getRequest<ActingRequest>();
  if (!actor) throw new Error('A route without a session asked for the actor.');
  return actor;
});
