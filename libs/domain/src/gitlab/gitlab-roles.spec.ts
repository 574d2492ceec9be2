import { roleOfAccessLevel } from './gitlab-roles';

it.each([
  [60, 'owner'],
  [50, 'owner'],
  [40, 'owner'],
  [35, 'operator'],
  [30, 'operator'],
  [20, 'viewer'],
  [15, 'viewer'],
  [10, 'viewer'],
  [5, null],
  [0, null],
])('access level %d gives %s', (level, role) => {
  expect(roleOfAccessLevel(level)).toBe(role);
});
