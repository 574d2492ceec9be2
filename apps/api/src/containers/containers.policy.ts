import { seesProject, Viewer } from '../projects/viewer';

/** What can be done with a container. */
export type ContainerAction = 'read' | 'change-state' | 'delete';

/** May the viewer do that with a container of the project? Containers of no project are for admins. Default deny. */
export function mayOnContainer(viewer: Viewer, action: ContainerAction, projectId: string | null): boolean {
  switch (action) {
    case 'read':
      return seesProject(viewer, projectId);
    case 'change-state':
    case 'delete': {
      const role = projectId === null ? undefined : viewer.roles.get(projectId);
      return viewer.isAdmin || role === 'owner' || role === 'operator';
    }
    default:
      return false;
  }
}
