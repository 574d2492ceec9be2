import type { NamedInGitlab } from '@lxdm/entities';

const MAX_NAMES = 50;

/**
 * Whom and which groups a hook's body names (docs.gitlab.com/administration/system_hooks, docs.gitlab.com/user/project/integrations/webhook_events).
 * Nothing of it is believed: it says what to look at, and GitLab itself is asked.
 */
export function namedInHook(body: unknown): NamedInGitlab {
  const event = objectOf(body);
  const user = objectOf(event['user']);
  const group = objectOf(event['group']);
  const aboutUser = /^user_(create|destroy|rename|failed_login)/.test(String(event['event_name']));
  const aboutGroup = /^(group_|subgroup_)/.test(String(event['event_name']));
  return {
    userIds: numbers([event['user_id'], user['id'], aboutUser ? event['id'] : undefined]),
    usernames: texts([event['username'], event['user_username'], event['old_username'], user['username']]),
    groupIds: numbers([event['group_id'], group['id'], event['parent_group_id']]),
    groupPaths: texts([
      event['group_path'],
      event['full_path'],
      event['old_full_path'],
      group['full_path'],
      aboutGroup ? event['path'] : undefined,
    ]),
  };
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

function numbers(values: readonly unknown[]): string[] {
  return [...new Set(values.map(String).filter((text) => /^[1-9]\d{0,17}$/.test(text)))].slice(0, MAX_NAMES);
}

function texts(values: readonly unknown[]): string[] {
  const given = values.filter((value): value is string => typeof value === 'string' && /^[\w./-]{1,255}$/.test(value));
  return [...new Set(given)].slice(0, MAX_NAMES);
}
