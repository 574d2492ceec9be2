import type { Container, Project } from '@lxdm/api-client';

/** Where a container may go: it takes an owner or operator here and there, or sudo. */
export function moveTargets(container: Pick<Container, 'project'>, projects: Project[], isAdmin: boolean): Project[] {
  const here = projects.find(({ id }) => id === container.project?.id);
  if (!isAdmin && !mayPlace(here)) return [];
  return projects.filter((project) => project.id !== container.project?.id && (isAdmin || mayPlace(project)));
}

function mayPlace(project: Project | undefined): boolean {
  return project?.role === 'owner' || project?.role === 'operator';
}
