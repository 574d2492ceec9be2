import { idOf, objectOf, ShapeError, textOf } from './json-shape';

const accountStates = [
  'active',
  'blocked',
  'deactivated',
  'banned',
  'ldap_blocked',
  'blocked_pending_approval',
] as const;

/** GitLab's word for the state of an account (docs.gitlab.com/api/users, docs.gitlab.com/administration/moderate_users). */
export type GitlabAccountState = (typeof accountStates)[number];

/** An account of GitLab: known by its number, for the name may change. */
export interface GitlabUser {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly state: GitlabAccountState;
}

/** Whether GitLab itself does not let this account in: the positive word that blocks a person here. */
export function isShutOut(state: GitlabAccountState): boolean {
  return state !== 'active';
}

/** A user of GET /user, /users/:id and of a list of members (docs.gitlab.com/api/users#get-the-current-user). */
export function userOf(value: unknown): GitlabUser {
  const user = objectOf(value, 'the user');
  return { id: idOf(user), username: textOf(user, 'username', 255), name: nameOf(user), state: stateOf(user) };
}

/** A word that nobody knows yet is no word: what it means for the person is not ours to guess. */
export function stateOf(user: Record<string, unknown>): GitlabAccountState {
  const text = textOf(user, 'state', 64);
  const state = accountStates.find((one) => one === text);
  if (state === undefined) throw new ShapeError('state is none that is known');
  return state;
}

function nameOf(user: Record<string, unknown>): string {
  return typeof user['name'] === 'string' && user['name'] !== ''
    ? textOf(user, 'name', 512)
    : textOf(user, 'username', 255);
}
