import { hash } from '@node-rs/argon2';
import { hashPassword, needsRehash, PasswordHashError, verifyPassword } from './password';

// Key generation is a matter of luck, and argon2 of memory: a busy machine may take its time.
jest.setTimeout(60_000);

const password = 'correct horse battery';
let stored: string;
beforeAll(async () => {
  stored = await hashPassword(password);
});

it('is stored as argon2id with the OWASP parameters and its own salt', async () => {
  expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await hashPassword(password)).not.toBe(stored);
  expect(needsRehash(stored)).toBe(false);
});

it.each([
  ['the password', password, true],
  ['another one', 'correct horse batterz', false],
  ['an empty one', '', false],
  ['with a space more', `${password} `, false],
  ['in capitals', password.toUpperCase(), false],
  ['cut off by NUL', `${password}\0`, false],
  ['a megabyte', 'x'.repeat(1 << 20), false],
])('is checked: %s', async (_, given, right) => {
  expect(await verifyPassword(stored, given)).toBe(right);
});

it('is the same password in composed and decomposed letters', async () => {
  const composed = await hashPassword('Zürich und B\u00e4le');
  expect(await verifyPassword(composed, 'Zu\u0308rich und Ba\u0308le')).toBe(true);
});

it.each([undefined, null])('fails for a user without a hash (%p)', async (none) => {
  expect(await verifyPassword(none, password)).toBe(false);
  expect(await verifyPassword(none, 'nobody has this password')).toBe(false);
});

it('does the same work whether or not the user exists', async () => {
  const cpu = async (hashed: string | undefined) => {
    const start = process.cpuUsage();
    for (let i = 0; i < 4; i += 1) await verifyPassword(hashed, 'a wrong password');
    const used = process.cpuUsage(start);
    return used.user + used.system;
  };
  await cpu(undefined);
  // CPU time, not the clock: other work on the machine does not count. Skipping the hash would be a factor of thousands.
  const ratio = (await cpu(undefined)) / (await cpu(stored));
  expect(ratio).toBeGreaterThan(0.2);
  expect(ratio).toBeLessThan(5);
});

it.each([
  ['less memory', { memoryCost: 8 * 1024, timeCost: 2, parallelism: 1 }],
  ['fewer passes', { memoryCost: 19 * 1024, timeCost: 1, parallelism: 1 }],
  ['more lanes', { memoryCost: 19 * 1024, timeCost: 2, parallelism: 2 }],
  ['another algorithm', { memoryCost: 19 * 1024, timeCost: 2, parallelism: 1, algorithm: 1 }],
  ['a shorter digest', { memoryCost: 19 * 1024, timeCost: 2, parallelism: 1, outputLen: 16 }],
])('is hashed anew when the stored one has %s, and still opens', async (_, options) => {
  const old = await hash(password, options);
  expect(needsRehash(old)).toBe(true);
  expect(await verifyPassword(old, password)).toBe(true);
});

it.each(['', 'plain text', '$argon2id$v=19$m=19456', 'pbkdf2_sha256$260000$abc$def'])(
  'says that a stored hash is damaged, without quoting it (%j)',
  async (damaged) => {
    await expect(verifyPassword(damaged, password)).rejects.toThrow(PasswordHashError);
    expect(() => needsRehash(damaged)).toThrow('The stored password hash is damaged: set a new password');
  },
);

it('refuses to hash what is too long', async () => {
  await expect(hashPassword('x'.repeat(1025))).rejects.toThrow(RangeError);
});
