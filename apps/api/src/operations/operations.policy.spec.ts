import { maySeeOperation } from './operations.policy';

it.each([
  ['a member', { isAdmin: false, roles: new Map([['p', 'viewer' as const]]) }, 'p', true],
  ['a stranger', { isAdmin: false, roles: new Map() }, 'p', false],
  ['a member of something', { isAdmin: false, roles: new Map([['p', 'owner' as const]]) }, null, false],
  ['an admin', { isAdmin: true, roles: new Map() }, 'p', true],
  ['an admin', { isAdmin: true, roles: new Map() }, null, true],
])('%s with %j', (_who, viewer, projectId, may) => {
  expect(maySeeOperation({ userId: 'u', ...viewer }, { projectId })).toBe(may);
});
