import { userInfo } from 'node:os';
import type { NewAuditEvent } from '@lxdm/entities';

/** The entry of something that an operator did to a user by a command. */
export function byOperator(
  action: string,
  user: { id: string; username: string },
  detail: Record<string, unknown> | null,
): NewAuditEvent {
  return actByOperator(action, { kind: 'user', id: user.id, name: user.username }, detail);
}

/** The entry of something that an operator did by a command. */
export function actByOperator(
  action: string,
  target: { kind: string; id: string; name: string },
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
    targetKind: target.kind,
    targetId: target.id,
    targetName: target.name,
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
