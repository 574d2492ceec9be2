import { HostAction, mayOnHost } from './hosts.policy';

it.each<[HostAction, boolean, boolean]>([
  // action, everybody, admins
  ['read', true, true],
  ['see-details', false, true],
  ['add', false, true],
  ['confirm', false, true],
  ['remove', false, true],
  ['reboot' as HostAction, false, false],
])('%s: everybody %s, admins %s', (action, everybody, admins) => {
  expect(mayOnHost({ isAdmin: false }, action)).toBe(everybody);
  expect(mayOnHost({ isAdmin: true }, action)).toBe(admins);
});
