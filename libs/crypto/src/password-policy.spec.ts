import { passwordProblem } from './password-policy';

it.each([
  ['empty', '', 'too-short'],
  ['nine characters', 'abcdXfg9!', 'too-short'],
  ['nine emoji of two units each', '\u{1F511}\u{1F512}\u{1F513}'.repeat(3), 'too-short'],
  ['white space', ' '.repeat(12), 'blank'],
  ['other white space', '\u00a0\u2003'.repeat(8), 'blank'],
  ['one character', 'aaaaaaaaaaaa', 'one-character'],
  ['two characters', 'abababababab', 'one-character'],
  ['a run of digits', '1234567890', 'well-known'],
  ['a run of letters', 'ABCDEFGHIJKL', 'well-known'],
  ['a row of keys', 'qwertyuiop', 'well-known'],
  ['the usual one', 'Password123', 'well-known'],
  ['the product', 'lxdmanager1', 'well-known'],
  ['the own name', 'Evelyn.Moore', 'contains-name'],
  ['the own name and a number', 'evelyn.moore1999', 'contains-name'],
  ['a line end', 'correct horse\nbattery', 'control-character'],
  ['NUL', 'correct horse\0battery', 'control-character'],
  ['1025 characters', 'ab3'.repeat(342).slice(0, 1025), 'too-long'],
  ['ten megabytes', 'ab3'.repeat(3_500_000), 'too-long'],
])('refuses %s', (_, password, code) => {
  const problem = passwordProblem(password, ['evelyn.moore', 'ev']);
  expect(problem?.code).toBe(code);
  expect(problem?.message).toMatch(/^[A-Z].*\.$/);
});

it.each([
  ['ten characters', 'abcdXfg9!k'],
  ['a sentence', 'correct horse battery staple'],
  ['other letters', 'пароль для входа'],
  ['ten emoji', '\u{1F511}\u{1F512}\u{1F513}\u{1F514}\u{1F515}'.repeat(2)],
  ['1024 characters', 'ab3'.repeat(342).slice(0, 1024)],
  ['leading and trailing spaces', '  abcd3fgh  '],
])('takes %s', (_, password) => {
  expect(passwordProblem(password, ['evelyn.moore', ''])).toBeUndefined();
});
