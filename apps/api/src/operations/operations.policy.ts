import { seesProject, Viewer } from '../projects/viewer';

/** May the viewer see the operation? Those of hosts, and of containers without a project, are for admins. Default deny. */
export function maySeeOperation(viewer: Viewer, operation: { projectId: string | null }): boolean {
  return seesProject(viewer, operation.projectId);
}
