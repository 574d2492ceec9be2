import type { PersonView } from '@lxdm/entities';
import type { Person } from './dto/person';

/** A person as admins see them. */
export function personOf(view: PersonView): Person {
  const { gitlab } = view;
  return {
    id: view.id,
    username: view.username,
    displayName: view.displayName,
    kind: view.kind,
    standing: view.standing,
    isAdmin: view.isAdmin,
    reason: view.reason,
    // Dates inside JSON come as Postgres writes them.
    gitlab: gitlab && { ...gitlab, syncedAt: gitlab.syncedAt && new Date(gitlab.syncedAt).toISOString() },
    projects: view.projects,
    sshKeys: view.sshKeys,
    lastSeenAt: view.lastSeenAt?.toISOString() ?? null,
    createdAt: view.createdAt.toISOString(),
    approvedAt: view.approvedAt?.toISOString() ?? null,
    blockedAt: view.blockedAt?.toISOString() ?? null,
  };
}
