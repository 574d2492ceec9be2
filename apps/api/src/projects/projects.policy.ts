import { seesProject, Viewer } from './viewer';

/** What can be done with a project. */
export type ProjectAction =
  | 'read'
  | 'create'
  | 'create-container'
  | 'rename'
  | 'delete'
  | 'change-members'
  | 'leave'
  | 'bind-group'
  | 'change-services';

/** May the viewer do that with the project? Default deny. */
export function mayOnProject(viewer: Viewer, action: ProjectAction, projectId: string | null): boolean {
  const role = projectId === null ? undefined : viewer.roles.get(projectId);
  switch (action) {
    case 'create':
      return viewer.kind === 'person';
    case 'read':
      return seesProject(viewer, projectId);
    case 'create-container':
      return viewer.isAdmin || role === 'owner' || role === 'operator';
    case 'leave':
      return role !== undefined && viewer.kind === 'person';
    case 'rename':
    case 'delete':
    case 'change-members':
    case 'bind-group':
    case 'change-services':
      return viewer.isAdmin || role === 'owner';
    default:
      return false;
  }
}
