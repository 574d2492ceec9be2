import { seesProject, Viewer } from './viewer';

/** What can be done with a project. */
export type ProjectAction = 'read' | 'create' | 'create-container';

/** May the viewer do that with the project? Default deny. */
export function mayOnProject(viewer: Viewer, action: ProjectAction, projectId: string | null): boolean {
  switch (action) {
    case 'create':
      return true;
    case 'read':
      return seesProject(viewer, projectId);
    case 'create-container': {
      const role = projectId === null ? undefined : viewer.roles.get(projectId);
      return viewer.isAdmin || role === 'owner' || role === 'operator';
    }
    default:
      return false;
  }
}
