import type { Check } from '@lxdm/runtime';

/** What a worker tells the first process: that it answers queries, or what it was asked for. */
export type FromWorker = { kind: 'ready' } | { kind: 'report'; id: number; checks: Check[]; metrics: string };

/** What the first process asks a worker for. */
export interface ToWorker {
  kind: 'report';
  id: number;
}

/** True for what the other process sent, and not for what the cluster says to itself. */
export function isMessage(message: unknown): message is FromWorker | ToWorker {
  return typeof message === 'object' && message !== null && 'kind' in message;
}
