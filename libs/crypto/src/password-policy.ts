const minLength = 10;
const maxLength = 1024;

// What people type when asked for ten characters; a long list belongs to a service, not here.
const wellKnown = new Set([
  'password',
  'passw0rd',
  'letmein',
  'welcome',
  'changeme',
  'administrator',
  'lxdmanager',
  'iloveyou',
  'qwertyuiop',
  'qwertzuiop',
]);
const runs = ['0123456789012345678901234567890', 'abcdefghijklmnopqrstuvwxyz', 'qwertyuiopasdfghjklzxcvbnm'];

/** Why a password is refused, with the sentence that its owner reads. */
export interface PasswordProblem {
  code: 'too-short' | 'too-long' | 'blank' | 'one-character' | 'well-known' | 'contains-name' | 'control-character';
  message: string;
}

/** What is wrong with a new password, or undefined; `names` are the user's own names, of which it must not consist. */
export function passwordProblem(password: string, names: readonly string[] = []): PasswordProblem | undefined {
  // First, so that nothing below looks at megabytes.
  if (password.length > maxLength) return { code: 'too-long', message: `Use at most ${maxLength} characters.` };
  if (/\p{Cc}/u.test(password))
    return { code: 'control-character', message: 'Use no tabs, line ends or other control characters.' };
  const characters = [...password.normalize('NFKC')];
  if (characters.length > 0 && password.trim() === '') return { code: 'blank', message: 'Use more than white space.' };
  if (characters.length < minLength) return { code: 'too-short', message: `Use at least ${minLength} characters.` };
  if (new Set(characters).size < 3)
    return { code: 'one-character', message: 'Use more than one or two different characters.' };
  const core = password.toLowerCase().replace(/[^\p{L}]+$/u, '');
  const lower = password.toLowerCase();
  if (wellKnown.has(core) || runs.some((run) => run.includes(lower)))
    return { code: 'well-known', message: 'This password is among the first that anybody tries: choose another one.' };
  if (names.some((name) => name.length >= 3 && core === name.toLowerCase()))
    return { code: 'contains-name', message: 'Use something else than your name.' };
  return undefined;
}
