/** What a member of a GitLab group may do in the project that is bound to it; null for those who may do nothing. */
export type GitlabRole = 'owner' | 'operator' | 'viewer';

/**
 * The role that an access level of GitLab gives (docs.gitlab.com/api/members#roles): Owner 50 and Maintainer 40 → owner,
 * Developer 30 → operator, Reporter 20, Planner 15 and Guest 10 → viewer. "Minimal access" (5) opens nothing of a group in GitLab,
 * and so nothing here.
 */
export function roleOfAccessLevel(level: number): GitlabRole | null {
  if (level >= 40) return 'owner';
  if (level >= 30) return 'operator';
  return level >= 10 ? 'viewer' : null;
}
