import { mayOnProject, ProjectAction } from './projects.policy';
import type { Viewer } from './viewer';

const viewer = (role: 'owner' | 'operator' | 'viewer' | null, isAdmin = false): Viewer => ({
  userId: 'u',
  isAdmin,
  roles: new Map(role === null ? [] : [['p', role]]),
});
const ACTIONS: ProjectAction[] = ['read', 'create', 'create-container'];

describe.each([
  // who, read, create, create-container
  ['admin', viewer(null, true), [true, true, true]],
  ['owner', viewer('owner'), [true, true, true]],
  ['operator', viewer('operator'), [true, true, true]],
  ['viewer', viewer('viewer'), [true, true, false]],
  ['stranger', viewer(null), [false, true, false]],
] as const)('%s', (_who, who, allowed) => {
  it.each(ACTIONS.map((action, index) => [action, allowed[index]]))('%s: %s', (action, may) => {
    expect(mayOnProject(who, action as ProjectAction, 'p')).toBe(may);
  });
});

it('denies what it does not know', () => {
  expect(mayOnProject(viewer('owner', true), 'burn' as ProjectAction, 'p')).toBe(false);
});
