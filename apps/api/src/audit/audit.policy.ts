import { seesProject, Viewer } from '../projects/viewer';

/** What can be done with an entry of the log. */
export type AuditAction = 'read' | 'see-address';

/** May the viewer do that with an entry? Members read what was done in their projects, and everybody what they did themselves. Default deny. */
export function mayOnAuditEntry(
  viewer: Viewer,
  action: AuditAction,
  entry: { projectId: string | null; actorId: string | null },
): boolean {
  const own = entry.actorId !== null && entry.actorId === viewer.userId;
  switch (action) {
    case 'read':
      return own || seesProject(viewer, entry.projectId);
    case 'see-address':
      return own || viewer.isAdmin;
    default:
      return false;
  }
}
