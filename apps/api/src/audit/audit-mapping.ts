import type { OperationStatus } from '@lxdm/domain';
import type { AuditView } from '@lxdm/entities';
import type { Viewer } from '../projects/viewer';
import { mayOnAuditEntry } from './audit.policy';
import type { AuditEntry } from './dto/audit-entry';

/** An entry as that viewer sees it. */
export function auditEntryOf(view: AuditView, viewer: Viewer): AuditEntry {
  const { seq, at, actorId, actorName, means, sudo, action, targetKind, targetId, targetName, projectId } = view;
  const { operationId, operationStatus, result, detail, requestId } = view;
  return {
    seq,
    at: at.toISOString(),
    actor: { id: actorId, name: actorName },
    means,
    sudo,
    address: mayOnAuditEntry(viewer, 'see-address', view) ? view.address : null,
    action,
    target: { kind: targetKind, id: targetId, name: targetName },
    project: projectId,
    // An operation whose record was pruned has no status any more.
    operation:
      operationId === null || operationStatus === null
        ? null
        : { id: operationId, status: operationStatus as OperationStatus },
    result,
    detail,
    requestId,
  };
}
