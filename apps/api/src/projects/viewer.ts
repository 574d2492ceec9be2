import { MemberRole, ProjectsRepository } from '@lxdm/entities';
import type { Actor } from '../session/actor';

/** An actor with what decides over what they see and may do. */
export interface Viewer {
  userId: string;
  isAdmin: boolean;
  /** A service lives in its project, and nowhere else. */
  kind: 'person' | 'service';
  roles: ReadonlyMap<string, MemberRole>;
}

/** The viewer that an actor is at this moment. */
export async function viewerOf(
  actor: Pick<Actor, 'userId' | 'isAdmin' | 'kind'>,
  projects: ProjectsRepository,
): Promise<Viewer> {
  const { userId, isAdmin, kind } = actor;
  return { userId, isAdmin, kind, roles: await projects.rolesOf(actor.userId) };
}

/** The projects to which a list is limited; null for an admin, who sees all. */
export function visibleProjects(viewer: Viewer): string[] | null {
  return viewer.isAdmin ? null : [...viewer.roles.keys()];
}

/** Whether a thing of that project is visible; things of no project are for admins. */
export function seesProject(viewer: Viewer, projectId: string | null): boolean {
  return viewer.isAdmin || (projectId !== null && viewer.roles.has(projectId));
}
