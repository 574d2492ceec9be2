import type { Person } from '@lxdm/api-client';
import type { Look } from '../feedback/tone-chip';

export type Standing = Person['standing'];
export const standings: Standing[] = ['waiting', 'active', 'blocked'];

export const standingLooks: Record<Standing, Look> = {
  waiting: { tone: 'warn', icon: 'wait', label: 'Waiting' },
  active: { tone: 'ok', icon: 'done', label: 'Active' },
  blocked: { tone: 'bad', icon: 'blocked', label: 'Blocked' },
};

/** What may be done with somebody, by whom the viewer is; the server has the last word. */
export interface PersonActions {
  approve: boolean;
  block: boolean;
  unblock: boolean;
  promote: boolean;
  demote: boolean;
}

export function personActions(person: Person, viewerId: string | undefined): PersonActions {
  const self = person.id === viewerId;
  return {
    approve: person.standing === 'waiting',
    block: person.standing !== 'blocked' && !self,
    // Whom only GitLab has blocked, only GitLab lets in again.
    unblock: person.standing === 'blocked' && person.blockedAt !== null,
    promote: person.standing === 'active' && person.kind === 'person' && !person.isAdmin,
    demote: person.isAdmin && !self,
  };
}

/** Why somebody stands as they do, in a sentence; null when there is nothing to say. */
export function standingReason(person: Person): string | null {
  const { gitlab, reason, standing } = person;
  if (standing === 'blocked' && person.blockedAt === null && gitlab)
    return `GitLab says that ${gitlab.username} is ${gitlab.state}; this ends when GitLab says otherwise.`;
  return reason.trim() === '' ? null : reason;
}
