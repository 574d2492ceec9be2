import { userInfo } from 'node:os';
import type { NewAuditEvent } from '@lxdm/entities';

/** The entry of something that an operator did to a user by a command. */
export function byOperator(
  action: string,
  user: { id: string; username: string },
  detail: Record<string, unknown> | null,
): NewAuditEvent {
  return {
    actorId: null,
    actorName: operatorName(),
    means: 'cli',
    tokenId: null,
    address: null,
    sudo: false,
    action,
    targetKind: 'user',
    targetId: user.id,
    targetName: user.username,
    projectId: null,
    operationId: null,
    result: 'done',
    detail,
    requestId: null,
  };
}

/** The system's name for whoever runs the command; a container may have a user without one. */
function operatorName(): string {
  try {
    return userInfo().username;
  } catch (error) {
    return error instanceof Error && 'code' in error ? `uid ${process.getuid?.() ?? '?'}` : 'unknown';
  }
}
