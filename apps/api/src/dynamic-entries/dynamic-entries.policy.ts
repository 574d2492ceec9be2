import { seesProject, Viewer } from '../projects/viewer';

/** What can be done with a dynamic entry. */
export type EntryAction = 'read' | 'set-values' | 'read-tokens' | 'change-tokens' | 'create' | 'change' | 'register';

/** Whose an entry is: its owners', or for a container's own its project's. */
export interface EntryHome {
  ownerIds: readonly string[];
  /** The project of its container; null where it is no container's. */
  projectId: string | null;
}

/** May the viewer do that with the entry? Default deny. */
export function mayOnEntry(viewer: Viewer, action: EntryAction, { ownerIds, projectId }: EntryHome): boolean {
  const role = projectId === null ? undefined : viewer.roles.get(projectId);
  const owns = ownerIds.includes(viewer.userId) || role === 'owner' || role === 'operator';
  switch (action) {
    case 'read':
      return owns || seesProject(viewer, projectId);
    case 'set-values':
    case 'read-tokens':
    case 'change-tokens':
      return owns || viewer.isAdmin;
    case 'create':
    case 'change':
      return viewer.isAdmin;
    case 'register':
      return true;
    default:
      return false;
  }
}
