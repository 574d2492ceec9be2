import type { User } from '@lxdm/entities';
import type { AuditActor } from '../audit/audit.service';

/** Somebody who signs in, for the audit log: not known yet, or known by now. */
export function visitorOf(
  from: { address: string; requestId: string },
  user?: Pick<User, 'id' | 'username'>,
): AuditActor {
  return {
    userId: user?.id ?? null,
    username: user?.username ?? '',
    means: 'session',
    tokenId: null,
    address: from.address,
    isAdmin: false,
    requestId: from.requestId,
  };
}
