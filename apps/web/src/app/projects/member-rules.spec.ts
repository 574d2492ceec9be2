import { describe, expect, it } from 'vitest';
import { member, project } from '../testing/people';
import { memberActions, sortedMembers } from './member-rules';

const ada = member({ username: 'ada' });
const grace = member({ username: 'grace' });
const linus = member({ username: 'linus', role: 'viewer' });
const barbara = member({ username: 'barbara', role: 'operator', source: 'gitlab' });
const robot = member({ username: 'robot', role: 'owner', kind: 'service' });
const two = project({ members: [ada, grace, linus, barbara] });
const one = project({ members: [ada, linus, robot] });
const group = { issuer: 'https://git.example', groupId: '7', groupPath: 'lab/team', syncedAt: null, error: null };
const bound = project({ ...two, gitlab: group });
const as = (who: { userId: string }, isAdmin = false) => ({ id: who.userId, isAdmin });

describe('what may be done with a member', () => {
  it.each([
    ['an owner changes another owner', two, grace, as(ada), 'change remove'],
    ['an owner changes a viewer', two, linus, as(ada), 'change remove'],
    ['an owner steps back while there is another', two, ada, as(ada), 'change remove'],
    ['the last owner stays', one, ada, as(ada), 'The last owner: make somebody else an owner first'],
    [
      'a service is no owner to rely on',
      one,
      ada,
      as(linus, true),
      'The last owner: make somebody else an owner first',
    ],
    ['a viewer may only leave', { ...two, role: 'viewer' as const }, linus, as(linus), 'remove'],
    ['a viewer changes nobody', { ...two, role: 'viewer' as const }, grace, as(linus), ''],
    ['sudo changes everybody', { ...two, role: null }, grace, as(linus, true), 'change remove'],
    ['GitLab says who is in', bound, barbara, as(ada), 'Comes from the GitLab group lab/team: change it there'],
  ])('%s', (_what, where, subject, viewer, expected) => {
    const { change, remove, why } = memberActions(where, subject, viewer);
    expect(why ?? [change && 'change', remove && 'remove'].filter(Boolean).join(' ')).toBe(expected);
  });
});

it('sorts owners first, then by name', () => {
  expect(sortedMembers([linus, barbara, grace, ada]).map(({ username }) => username)).toEqual([
    'ada',
    'grace',
    'barbara',
    'linus',
  ]);
});
