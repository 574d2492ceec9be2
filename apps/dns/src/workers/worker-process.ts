import { Check, metrics } from '@lxdm/runtime';
import { FromWorker, isMessage } from './worker-messages';

/** Which worker this process is, from 1; undefined in a process that is alone or that keeps the workers. */
export function workerNumber(): number | undefined {
  const text = process.env['LXDM_DNS_WORKER'];
  return text === undefined || process.send === undefined ? undefined : Number(text);
}

/** Tells the first process that queries are answered, and from then on how this worker is, when asked. */
export function reportToFleet(worker: number, checks: () => Check[] | Promise<Check[]>): void {
  metrics.setDefaultLabels({ worker: String(worker) });
  const tell = (message: FromWorker): void => {
    // The first process may be gone: this one ends with it.
    process.send?.(message, undefined, undefined, () => undefined);
  };
  process.on('message', (message: unknown) => {
    if (!isMessage(message) || message.kind !== 'report') return;
    const { id } = message;
    void Promise.all([checks(), metrics.metrics()]).then(([found, text]) =>
      tell({ kind: 'report', id, checks: found, metrics: text }),
    );
  });
  tell({ kind: 'ready' });
}
