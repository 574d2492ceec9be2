import type { NewAuditEvent } from '../audit/audit.repository';

/** An entry of something that GitLab's word led to; without an actor it was GitLab itself. */
export function byGitlab(
  issuer: string,
  event: Pick<NewAuditEvent, 'action' | 'targetKind' | 'targetId' | 'targetName' | 'detail'> &
    Partial<Pick<NewAuditEvent, 'actorId' | 'actorName' | 'projectId'>>,
): NewAuditEvent {
  return {
    actorId: null,
    actorName: `GitLab (${new URL(issuer).host})`,
    means: 'gitlab',
    tokenId: null,
    address: null,
    sudo: false,
    projectId: null,
    operationId: null,
    result: 'done',
    requestId: null,
    ...event,
  };
}
