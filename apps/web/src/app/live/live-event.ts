import type { Container, Host, Operation } from '@lxdm/api-client';
import type { Project } from '@lxdm/api-client';

/** A thing as it is now, or word that it is gone (or no longer for this viewer). */
export type Change<T> = { kind: 'is'; item: T } | { kind: 'gone'; id: string };

export type LiveEvent =
  | { of: 'container'; change: Change<Container> }
  | { of: 'host'; change: Change<Host> }
  | { of: 'project'; change: Change<Project> }
  | { of: 'operation'; change: Change<Operation> }
  /** Changes were or may have been missed: load again what is shown. */
  | { of: 'reset' };

export const liveTopics = ['container', 'host', 'project', 'operation'] as const;

/** The server sends either the whole thing or `{ id, removed: true }`. */
export function readChange<T extends { id: string }>(data: unknown): Change<T> | null {
  if (typeof data !== 'object' || data === null || !('id' in data) || typeof data.id !== 'string') return null;
  if ('removed' in data && data.removed === true) return { kind: 'gone', id: data.id };
  return { kind: 'is', item: data as T };
}
