import { DeliveredKey, editAuthorizedKeys } from './authorized-keys';

const key = (name: string, comment = `${name}@example.org`): DeliveredKey => ({
  fingerprint: `SHA256:${name}`,
  publicKey: `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA${name}${comment ? ` ${comment}` : ''}`,
});
const a = key('alice');
const b = key('bob');
const c = key('carol');
const A = `${a.publicKey}\n`;
const B = `${b.publicKey}\n`;
const REFUSED = `no-port-forwarding,no-agent-forwarding,no-X11-forwarding,command="echo 'Please login as the user \\"debian\\" rather than the user \\"root\\".';echo;sleep 10;exit 142" `;
const binary = '\0\x80\xff\x01 ssh-ed25519 \n\xfe';

/** content before, wanted, placed before → content after, added, removed */
const cases: [string, string, DeliveredKey[], DeliveredKey[], string, DeliveredKey[], DeliveredKey[]][] = [
  ['nothing is wanted of no file', '', [], [], '', [], []],
  ['the first key makes the file', '', [a], [], A, [a], []],
  ['keys come in the order in which they are wanted', '', [b, a], [], B + A, [b, a], []],
  ['what is right stays', A + B, [a, b], [a, b], A + B, [], []],
  ['a key goes when it is not wanted any more', A + B, [b], [a, b], B, [], [a]],
  ['the last key leaves an empty file', A, [], [a], '', [], [a]],
  ['a key changes places with another', A, [b], [a], B, [b], [a]],
  ['a key that we did not place stays, wanted or not', A, [], [], A, [], []],
  ['a key placed by hand is not placed again', A, [a], [], A, [], []],
  [
    'a key placed by hand with another comment counts as well',
    `${key('alice', 'laptop').publicKey}\n`,
    [a],
    [],
    `${key('alice', 'laptop').publicKey}\n`,
    [],
    [],
  ],
  ['our key goes although its comment was changed', `${key('alice', 'changed').publicKey}\n`, [], [a], '', [], [a]],
  ['our key goes although it stands there twice', A + B + A, [b], [a], B, [], [a]],
  ['our key without a comment', `${key('alice', '').publicKey}\n`, [], [a], '', [], [a]],
  ['a new comment in the profile is no other key', A, [key('alice', 'new')], [a], A, [], []],
  [
    'no newline at the end: one comes before the new key',
    'ssh-rsa AAAAB3x me',
    [a],
    [],
    `ssh-rsa AAAAB3x me\n${A}`,
    [a],
    [],
  ],
  ['no newline at the end, and nothing to add', 'ssh-rsa AAAAB3x me', [], [], 'ssh-rsa AAAAB3x me', [], []],
  ['no newline at the end of our own', A + b.publicKey, [a], [a, b], A, [], [b]],
  ['CRLF stays CRLF', `# mine\r\nssh-rsa AAAAB3x me\r\n`, [a], [], `# mine\r\nssh-rsa AAAAB3x me\r\n${A}`, [a], []],
  ['our key goes with its CRLF', `# x\r\n${a.publicKey}\r\n# y\r\n`, [], [a], '# x\r\n# y\r\n', [], [a]],
  [
    'our key without comment and with CRLF',
    `${key('alice', '').publicKey}\r\n`,
    [a],
    [a],
    `${key('alice', '').publicKey}\r\n`,
    [],
    [],
  ],
  ['comments and empty lines stay', `\n\n# a\n  # b\n\t\n${A}\n`, [], [a], '\n\n# a\n  # b\n\t\n\n', [], [a]],
  ['a key in a comment is a comment', `# ${A}`, [a], [a], `# ${A}${A}`, [a], []],
  ['a key in a comment does not go', `#${A}`, [], [a], `#${A}`, [], []],
  ['blanks before and between', `  ssh-ed25519\t${a.publicKey.slice(12)}\n`, [], [a], '', [], [a]],
  ['a line with options is somebody else’s', `command="backup" ${A}`, [], [a], `command="backup" ${A}`, [], []],
  ['… and does not stand for the key', `from="192.0.2.1" ${A}`, [a], [], `from="192.0.2.1" ${A}${A}`, [a], []],
  [
    'options with quoted blanks and key types',
    `environment="X=ssh-ed25519 AAAA" ${A}`,
    [],
    [a],
    `environment="X=ssh-ed25519 AAAA" ${A}`,
    [],
    [],
  ],
  ['a certificate authority stays', `cert-authority ${A}`, [], [a], `cert-authority ${A}`, [], []],
  ['what cloud-init forbade root is allowed, if we gave the key', REFUSED + A, [a], [a], A, [], []],
  ['… with its older words', REFUSED.replace(';exit 142', '') + A, [a], [a], A, [], []],
  ['… and goes when it is not wanted', REFUSED + A + B, [], [a], B, [], [a]],
  ['… and is left alone if we did not', REFUSED + A, [], [], REFUSED + A, [], []],
  ['… but allowed if the key is wanted: from then on it is ours', REFUSED + A, [a], [], A, [a], []],
  [
    'a prefix of a key is another key',
    `${a.publicKey.split(' ').slice(0, 2).join(' ')}x\n`,
    [],
    [a],
    `${a.publicKey.split(' ').slice(0, 2).join(' ')}x\n`,
    [],
    [],
  ],
  ['padding makes no difference', `${key('alice', '').publicKey}== me\n`, [], [a], '', [], [a]],
  [
    'another type is another key',
    `ssh-rsa ${a.publicKey.slice(12)}\n`,
    [],
    [a],
    `ssh-rsa ${a.publicKey.slice(12)}\n`,
    [],
    [],
  ],
  ['binary stays what it is', binary, [], [], binary, [], []],
  ['binary without an end gets one before a key', binary, [a], [], `${binary}\n${A}`, [a], []],
  ['a NUL in a foreign line', `x\0y\n${A}`, [], [a], 'x\0y\n', [], [a]],
  ['a lone carriage return is no end of a line', `x\r${A}`, [], [a], `x\r${A}`, [], []],
  [
    'the same key wanted twice comes once',
    '',
    [a, key('alice', 'again')],
    [],
    `${key('alice', 'again').publicKey}\n`,
    [key('alice')],
    [],
  ],
  [
    'a key of two lines is not written',
    '',
    [{ fingerprint: 'SHA256:x', publicKey: `${a.publicKey}\nssh-rsa AAAA evil` }],
    [],
    '',
    [],
    [],
  ],
  [
    'a key with options is not written',
    '',
    [{ fingerprint: 'SHA256:x', publicKey: `command="x" ${a.publicKey}` }],
    [],
    '',
    [],
    [],
  ],
  ['what is placed and not in the file is nothing to remove', B, [b], [b, c], B, [], []],
];

it.each(cases)('%s', (_what, before, wanted, placed, after, added, removed) => {
  const edit = editAuthorizedKeys(before, { wanted, placed });
  expect(edit.content).toBe(after);
  expect(edit.changed).toBe(before !== after);
  expect(edit.added).toEqual(added.map(({ fingerprint }) => fingerprint));
  expect(edit.removed).toEqual(removed.map(({ fingerprint }) => fingerprint));
});

it.each(cases)('settles: %s', (_what, before, wanted, placed) => {
  const once = editAuthorizedKeys(before, { wanted, placed });
  const known = [...placed, ...wanted.filter(({ fingerprint }) => once.added.includes(fingerprint))];
  const twice = editAuthorizedKeys(once.content, { wanted, placed: known });
  expect(twice).toEqual({ content: once.content, changed: false, added: [], removed: [] });
});

it('edits a large file in one go', () => {
  const foreign = Array.from({ length: 4_000 }, (_, n) => `ssh-rsa AAAAB3foreign${n} somebody ${n}\n`).join('');
  const wanted = Array.from({ length: 500 }, (_, n) => key(`user${n}x`));
  const began = performance.now();
  const edit = editAuthorizedKeys(foreign, { wanted, placed: [] });
  expect(edit.added).toHaveLength(500);
  expect(editAuthorizedKeys(edit.content, { wanted: [], placed: wanted }).content).toBe(foreign);
  expect(performance.now() - began).toBeLessThan(500);
});

it.each([
  ['a line of a megabyte', 'x'.repeat(1_000_000)],
  ['a megabyte of blanks before a key', `${' '.repeat(1_000_000)}ssh-ed25519`],
  ['a megabyte of options', `command="${'\\"'.repeat(500_000)}`],
  ['a beginning of cloud-init’s words', REFUSED.slice(0, 60) + '"'.repeat(500_000)],
])('is not slowed down by %s', (_what, content) => {
  const began = performance.now();
  expect(editAuthorizedKeys(content, { wanted: [], placed: [a] }).changed).toBe(false);
  expect(performance.now() - began).toBeLessThan(200);
});
