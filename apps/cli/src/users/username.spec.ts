import { usernameFault } from './username';

it.each(['admin', 'a', 'Evelyn.Moore', 'x_y-z', 'a'.repeat(64)])('takes %s', (name) => {
  expect(usernameFault(name)).toBeUndefined();
});

it.each(['', ' ', 'a b', '.a', 'a.', '-a', 'é', 'a\n', 'a'.repeat(65), '../x', 'a@b'])('refuses %j', (name) => {
  expect(usernameFault(name)).toBeDefined();
});
