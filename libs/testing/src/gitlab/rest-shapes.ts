import type { StandInGroup, StandInMember, StandInPerson } from './gitlab-world';

const since = '2024-05-01T08:00:00.000Z';

/** A user as everybody sees it: docs.gitlab.com/api/users#list-users. */
export function basicUser(person: StandInPerson, issuer: string): Record<string, unknown> {
  const { id, username, name, state } = person;
  return {
    id,
    username,
    public_email: '',
    name,
    state,
    locked: false,
    avatar_url: null,
    web_url: `${issuer}/${username}`,
  };
}

/** GET /users/:id for a regular user: docs.gitlab.com/api/users#get-a-single-user. */
export function user(person: StandInPerson, issuer: string): Record<string, unknown> {
  return {
    ...basicUser(person, issuer),
    created_at: since,
    bio: '',
    location: '',
    linkedin: '',
    twitter: '',
    discord: '',
    website_url: '',
    github: '',
    job_title: '',
    pronouns: null,
    organization: '',
    bot: false,
    work_information: null,
    local_time: null,
    followers: 0,
    following: 0,
    is_followed: false,
  };
}

/** GET /user: docs.gitlab.com/api/users#get-the-current-user. */
export function currentUser(person: StandInPerson, issuer: string): Record<string, unknown> {
  const email = `${person.username}@example.org`;
  return {
    ...user(person, issuer),
    last_sign_in_at: since,
    confirmed_at: since,
    last_activity_on: since.slice(0, 10),
    email,
    theme_id: 1,
    color_scheme_id: 1,
    projects_limit: 100_000,
    current_sign_in_at: since,
    identities: [],
    can_create_group: true,
    can_create_project: true,
    two_factor_enabled: false,
    external: false,
    private_profile: false,
    commit_email: email,
    shared_runners_minutes_limit: null,
    extra_shared_runners_minutes_limit: null,
  };
}

/** GET /groups/:id: docs.gitlab.com/api/groups#get-a-single-group. */
export function group({ id, path, name }: StandInGroup, issuer: string): Record<string, unknown> {
  return {
    id,
    name,
    path: path.split('/').at(-1),
    description: '',
    visibility: 'private',
    avatar_url: null,
    web_url: `${issuer}/groups/${path}`,
    request_access_enabled: true,
    full_name: path.split('/').join(' / '),
    full_path: path,
    parent_id: null,
    created_at: since,
  };
}

/** An item of GET /groups/:id/members/all: docs.gitlab.com/api/group_members. */
export function member(person: StandInPerson, membership: StandInMember, issuer: string): Record<string, unknown> {
  return {
    ...basicUser(person, issuer),
    access_level: membership.accessLevel,
    created_at: since,
    expires_at: membership.expiresAt,
    membership_state: 'active',
  };
}
