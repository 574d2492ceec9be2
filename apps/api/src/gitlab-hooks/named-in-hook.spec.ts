import { namedInHook } from './named-in-hook';

const nothing = { userIds: [], usernames: [], groupIds: [], groupPaths: [] };

it.each<[string, unknown, object]>([
  ['key_create', { event_name: 'key_create', username: 'root', key: 'ssh-rsa …', id: 4 }, { usernames: ['root'] }],
  ['user_create', { event_name: 'user_create', user_id: 41, username: 'js' }, { userIds: ['41'], usernames: ['js'] }],
  [
    'user_rename',
    { event_name: 'user_rename', user_id: 58, username: 'new', old_username: 'old' },
    { userIds: ['58'], usernames: ['new', 'old'] },
  ],
  [
    'user_add_to_group',
    { event_name: 'user_add_to_group', group_id: 78, group_path: 'storegroup', user_id: 41, user_username: 'js' },
    { userIds: ['41'], usernames: ['js'], groupIds: ['78'], groupPaths: ['storegroup'] },
  ],
  [
    'group_rename',
    { event_name: 'group_rename', group_id: 64, path: 'better', full_path: 'a/better', old_full_path: 'a/old' },
    { groupIds: ['64'], groupPaths: ['a/better', 'a/old', 'better'] },
  ],
  ['project_create', { event_name: 'project_create', path: 'project', user_id: 0 }, {}],
  ['a list', [1, 2], {}],
  ['text', 'user_id=1', {}],
  ['nothing', undefined, {}],
  ['numbers that are none', { user_id: -1, group_id: '1 OR 1=1', user: { id: 1e30 } }, {}],
  ['names that are none', { username: { toString: 1 }, group_path: "'; --", user_username: '' }, {}],
])('%s', (_event, body, named) => expect(namedInHook(body)).toEqual({ ...nothing, ...named }));
