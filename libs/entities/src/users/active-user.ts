/** Whether somebody may come in: active, never approved yet, or blocked by an admin or by GitLab. */
export type Standing = 'active' | 'waiting' | 'blocked';

/** The SQL condition that a user is active; every query that lets somebody in or hands out keys has it. `alias` is that of the table users. */
export function activeUser(alias: string): string {
  return `(${alias}.approved_at IS NOT NULL AND ${alias}.blocked_at IS NULL AND ${alias}.gitlab_blocked_at IS NULL)`;
}

/** The SQL condition that a user is blocked, by whomever. */
export function blockedUser(alias: string): string {
  return `(${alias}.blocked_at IS NOT NULL OR ${alias}.gitlab_blocked_at IS NOT NULL)`;
}

/** The SQL expression of a user's standing. */
export function standingOf(alias: string): string {
  return `CASE WHEN ${blockedUser(alias)} THEN 'blocked' WHEN ${alias}.approved_at IS NULL THEN 'waiting' ELSE 'active' END`;
}
