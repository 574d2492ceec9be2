import type { ProjectView } from '@lxdm/entities';
import type { Project } from './dto/project';

/** A project as that user sees it. */
export function projectOf(view: ProjectView, userId: string): Project {
  const { id, name, description, members, containers, gitlab } = view;
  const role = members.find((member) => member.userId === userId)?.role ?? null;
  return {
    id,
    name,
    description,
    role,
    members,
    gitlab: gitlab && bindingOf(gitlab),
    containers,
    createdAt: view.createdAt.toISOString(),
  };
}

/** Times come out of JSON as Postgres writes them. */
function bindingOf(gitlab: NonNullable<ProjectView['gitlab']>): NonNullable<Project['gitlab']> {
  return { ...gitlab, syncedAt: gitlab.syncedAt === null ? null : new Date(gitlab.syncedAt).toISOString() };
}
