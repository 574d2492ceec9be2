import { expect, it } from 'vitest';
import { signInError } from './sign-in-error';

it.each(['denied', 'blocked', 'gitlab-unreachable', 'wrong-account', 'needs-sudo', 'expired'])(
  '%s has words of its own',
  (code) => {
    expect(signInError(code)).not.toContain(`(${code})`);
  },
);

it('a code that nobody knows here is told as it is', () => {
  expect(signInError('brand-new')).toContain('(brand-new)');
});
