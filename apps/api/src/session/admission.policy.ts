import type { Standing, TokenScope } from '@lxdm/entities';

/** What a route asks of everybody, whatever it is about. */
export interface Door {
  /** Its method may change something. */
  changes: boolean;
  /** No token opens it. */
  sessionOnly: boolean;
  /** People who wait for their approval may use it. */
  waitingToo: boolean;
}

/** By which means somebody comes, and how they stand. */
export interface Caller {
  means: 'session' | 'token';
  /** `write` for sessions. */
  scope: TokenScope;
  standing: Standing;
}

/** Why a caller is not let in at a door, before any resource is asked; null for those who are. Default deny. */
export function refusalAt(door: Door, caller: Caller): 'not-approved' | 'session-only' | 'read-only' | null {
  const waits = caller.standing === 'waiting' && caller.means === 'session' && door.waitingToo;
  if (caller.standing !== 'active' && !waits) return 'not-approved';
  if (caller.means === 'token' && door.sessionOnly) return 'session-only';
  if (door.changes && caller.scope !== 'write' && caller.scope !== 'admin') return 'read-only';
  return null;
}
