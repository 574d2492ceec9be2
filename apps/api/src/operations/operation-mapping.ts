import type { OperationView } from '@lxdm/entities';
import type { Operation } from './dto/operation';

/** An operation as it goes over the wire. */
export function operationOf(view: OperationView): Operation {
  const { errorCode, errorMessage, requestedById, requestedBy } = view;
  return {
    id: view.id,
    type: view.type,
    status: view.status,
    target: { kind: view.targetKind, id: view.targetId, name: view.targetName },
    steps: view.steps,
    progress: view.progress,
    error: errorCode === null ? null : { code: errorCode, message: errorMessage ?? '' },
    requestedBy: requestedById === null ? null : { id: requestedById, username: requestedBy ?? '' },
    createdAt: view.createdAt.toISOString(),
    startedAt: view.startedAt?.toISOString() ?? null,
    finishedAt: view.finishedAt?.toISOString() ?? null,
  };
}
