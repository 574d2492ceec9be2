import type { ProjectView } from '@lxdm/entities';
import type { Project } from './dto/project';

/** A project as that user sees it. */
export function projectOf(view: ProjectView, userId: string): Project {
  return {
    id: view.id,
    name: view.name,
    description: view.description,
    role: view.members.find((member) => member.userId === userId)?.role ?? null,
    members: view.members,
    containers: view.containers,
    createdAt: view.createdAt.toISOString(),
  };
}
