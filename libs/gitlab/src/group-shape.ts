import { countOf, idOf, objectOf, optionalTextOf, textOf } from './json-shape';
import { userOf, type GitlabUser } from './user-shape';

/** A group of GitLab, known by its number: it may move. */
export interface GitlabGroup {
  readonly id: string;
  readonly name: string;
  /** With the groups above it, like `platform/web`. */
  readonly path: string;
}

/** A member of a group, of its own or by a group above it. */
export interface GitlabMember extends GitlabUser {
  /** 10 guest, 15 planner, 20 reporter, 30 developer, 40 maintainer, 50 owner (docs.gitlab.com/api/members#roles). */
  readonly accessLevel: number;
}

/** A group of GET /groups/:id (docs.gitlab.com/api/groups). */
export function groupOf(value: unknown): GitlabGroup {
  const group = objectOf(value, 'the group');
  return { id: idOf(group), name: textOf(group, 'name'), path: textOf(group, 'full_path', 4096) };
}

/** A member of GET /groups/:id/members/all (docs.gitlab.com/api/group_members); null for one that still awaits a seat. */
export function memberOf(value: unknown): GitlabMember | null {
  const member = objectOf(value, 'a member');
  if (optionalTextOf(member, 'membership_state', 64) === 'awaiting') return null;
  return {
    ...userOf(member),
    accessLevel: countOf(member, 'access_level'),
  };
}
