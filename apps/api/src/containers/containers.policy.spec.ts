import type { Viewer } from '../projects/viewer';
import { ContainerAction, mayOnContainer } from './containers.policy';

const viewer = (role: 'owner' | 'operator' | 'viewer' | null, isAdmin = false): Viewer => ({
  userId: 'u',
  isAdmin,
  roles: new Map(role === null ? [['elsewhere', 'owner' as const]] : [['p', role]]),
});
const ACTIONS: ContainerAction[] = ['read', 'change-state', 'delete'];

describe.each([
  // who, project of the container, read, change-state, delete
  ['admin', viewer(null, true), 'p', [true, true, true]],
  ['admin', viewer(null, true), null, [true, true, true]],
  ['owner', viewer('owner'), 'p', [true, true, true]],
  ['operator', viewer('operator'), 'p', [true, true, true]],
  ['viewer', viewer('viewer'), 'p', [true, false, false]],
  ['stranger', viewer(null), 'p', [false, false, false]],
  ['owner', viewer('owner'), null, [false, false, false]],
  ['admin and viewer', viewer('viewer', true), 'p', [true, true, true]],
] as const)('%s', (_who, who, projectId, allowed) => {
  it.each(ACTIONS.map((action, index) => [action, projectId, allowed[index]]))(
    '%s of project %s: %s',
    (action, project, may) => {
      expect(mayOnContainer(who, action as ContainerAction, project as string | null)).toBe(may);
    },
  );
});

it('denies what it does not know', () => {
  expect(mayOnContainer(viewer('owner', true), 'sell' as ContainerAction, 'p')).toBe(false);
});
