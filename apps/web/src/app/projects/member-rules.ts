import type { Project, ProjectMember } from '@lxdm/api-client';

export type Role = ProjectMember['role'];

/** What each role may do, for the places where one is chosen. */
export const roles: { role: Role; label: string; about: string }[] = [
  { role: 'owner', label: 'Owner', about: 'everything, members included' },
  { role: 'operator', label: 'Operator', about: 'make, start, stop and delete containers' },
  { role: 'viewer', label: 'Viewer', about: 'look, and sign in to containers by SSH' },
];

/** True when the viewer decides about members, services and the project itself. */
export function mayManage(project: Project, isAdmin: boolean): boolean {
  return project.role === 'owner' || isAdmin;
}

/** What may be done with a member here, and why not more. */
export interface MemberActions {
  change: boolean;
  /** Removing oneself is called leaving. */
  remove: boolean;
  why: string | null;
}

export function memberActions(
  project: Project,
  member: ProjectMember,
  viewer: { id: string | undefined; isAdmin: boolean },
): MemberActions {
  const manages = mayManage(project, viewer.isAdmin);
  const self = member.userId === viewer.id;
  const none = { change: false, remove: false };
  if (!manages && !self) return { ...none, why: null };
  if (member.source === 'gitlab')
    return { ...none, why: `Comes from the GitLab group ${project.gitlab?.groupPath ?? ''}: change it there`.trim() };
  if (isLastOwner(project, member)) return { ...none, why: 'The last owner: make somebody else an owner first' };
  return { change: manages, remove: true, why: null };
}

function isLastOwner(project: Project, member: ProjectMember): boolean {
  const owners = project.members.filter(({ role, kind }) => role === 'owner' && kind === 'person');
  return member.role === 'owner' && owners.length <= 1;
}

/** Owners first, then by name. */
export function sortedMembers(members: ProjectMember[]): ProjectMember[] {
  const rank = (role: Role): number => roles.findIndex((known) => known.role === role);
  return [...members].sort((a, b) => rank(a.role) - rank(b.role) || a.username.localeCompare(b.username, 'en'));
}
