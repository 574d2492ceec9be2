import { seesProject, Viewer } from '../projects/viewer';

/** What can be done with a container. */
export type ContainerAction = 'read' | 'read-keys' | 'change-state' | 'delete' | 'move' | 'redeploy-keys';

/** May the viewer do that with a container of the project? Containers of no project are for admins. Default deny. */
export function mayOnContainer(viewer: Viewer, action: ContainerAction, projectId: string | null): boolean {
  switch (action) {
    case 'read':
    case 'read-keys':
      return seesProject(viewer, projectId);
    case 'change-state':
    case 'delete':
    case 'move':
    case 'redeploy-keys': {
      const role = projectId === null ? undefined : viewer.roles.get(projectId);
      return viewer.isAdmin || role === 'owner' || role === 'operator';
    }
    default:
      return false;
  }
}
