import type { NewAuditEvent, UpdatableRecord } from '@lxdm/entities/zones';
import { canonicalName, rdataText, typeName, UpdateRecord } from '@lxdm/nameserver';

/** How many records of an update are written out; the numbers tell the rest. */
const MOST_LINES = 50;
const LONGEST_LINE = 500;

/** Who sent an update, for which zone. */
export interface UpdateOrigin {
  key: string;
  zone: string;
  sender: string;
}

/** What is written down of an update that was carried out. */
export function doneEvent(
  origin: UpdateOrigin,
  { removed, added }: { removed: readonly UpdatableRecord[]; added: readonly UpdateRecord[] },
): NewAuditEvent {
  return eventOf(origin, 'done', {
    added: added.slice(0, MOST_LINES).map((record) => lineOf(canonicalName(record.name), record)),
    addedCount: added.length,
    removed: removed.slice(0, MOST_LINES).map((record) => lineOf(record.owner, record)),
    removedCount: removed.length,
  });
}

/** What is written down of updates that were refused: the last one's reason, and how many there were since the last entry. */
export function refusedEvent(origin: UpdateOrigin, reason: string, times: number): NewAuditEvent {
  return eventOf(origin, 'refused', { reason, times });
}

function eventOf(
  { key, zone, sender }: UpdateOrigin,
  result: 'done' | 'refused',
  detail: Record<string, unknown>,
): NewAuditEvent {
  return {
    actorId: null,
    actorName: key,
    means: 'dns',
    tokenId: null,
    address: sender,
    sudo: false,
    action: 'zone.update',
    targetKind: 'zone',
    targetId: zone,
    targetName: zone,
    projectId: null,
    operationId: null,
    result,
    detail,
    requestId: null,
  };
}

function lineOf(owner: string, { ttl, type, rdata }: { ttl: number; type: number; rdata: Buffer }): string {
  const line = `${owner} ${ttl} ${typeName(type)} ${rdataText(type, rdata)}`;
  return line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}…` : line;
}
