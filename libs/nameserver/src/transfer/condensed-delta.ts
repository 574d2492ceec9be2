import { readRecordList } from './record-list';
import { ZoneDelta } from './zone-delta';

/** Several steps as one, without what came and went on the way (RFC 1995 §5); each step must begin where the one before ends. */
export function condensedDelta(steps: readonly ZoneDelta[]): ZoneDelta | undefined {
  const [first] = steps;
  const last = steps.at(-1);
  if (!first || !last || first === last) return first;
  const removed = new Map<string, Buffer>();
  const added = new Map<string, Buffer>();
  for (const step of steps) {
    for (const wire of recordsBehindSoa(step.removed)) take(wire, added, removed);
    for (const wire of recordsBehindSoa(step.added)) take(wire, removed, added);
  }
  return {
    from: first.from,
    to: last.to,
    removed: Buffer.concat([soaIn(first.removed), ...removed.values()]),
    added: Buffer.concat([soaIn(last.added), ...added.values()]),
  };
}

/** A record that undoes what was done before leaves nothing to tell. */
function take(wire: Buffer, undone: Map<string, Buffer>, done: Map<string, Buffer>): void {
  const key = wire.toString('latin1');
  if (!undone.delete(key)) done.set(key, wire);
}

function soaIn(list: Buffer): Buffer {
  for (const { wire } of readRecordList(list)) return wire;
  throw new RangeError('a list of records is empty');
}

function* recordsBehindSoa(list: Buffer): Generator<Buffer> {
  let isFirst = true;
  for (const { wire } of readRecordList(list)) {
    if (!isFirst) yield wire;
    isFirst = false;
  }
}
