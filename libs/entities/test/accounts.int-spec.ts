import { TestDatabase } from './database';

let database: TestDatabase;
beforeAll(async () => {
  database = await TestDatabase.open();
});
beforeEach(() => database.db.query('TRUNCATE users, projects CASCADE'));
afterAll(() => database.close());

describe('the name of a project', () => {
  const free = (wanted: string) => database.db.run((tx) => database.projects.freeName(tx, wanted));

  it.each([
    ['nobody has', [], 'web', 'web'],
    ['somebody has', ['web'], 'web', 'web-2'],
    ['somebody has in another case', ['WEB'], 'Web', 'Web-2'],
    ['several have', ['web', 'web-2', 'web-3'], 'web', 'web-4'],
    ['has a gap', ['web', 'web-3'], 'web', 'web-2'],
    ['only a longer one begins with', ['web-2', 'web-site'], 'web', 'web'],
    ['has a wildcard in it', ['a_b', 'axb-2'], 'a_b', 'a_b-2'],
    ['has another wildcard in it', ['5%', '50-2'], '5%', '5%-2'],
    ['has a backslash in it', ['a\\b', 'a\\b-2'], 'a\\b', 'a\\b-3'],
  ])('that %s', async (_, taken, wanted, expected) => {
    for (const name of taken) await database.project(name);
    await expect(free(wanted)).resolves.toBe(expected);
  });

  it('that two want at once is given to one; the other is told, and nothing is left of it', async () => {
    const ownerId = await database.user();
    const create = () =>
      database.db.run((tx) => database.projects.create(tx, { name: 'Web', description: '', ownerId }));
    const answers = await Promise.allSettled([create(), create(), create()]);
    expect(answers.filter((answer) => answer.status === 'fulfilled')).toHaveLength(1);
    for (const answer of answers)
      if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ code: 'name-taken' });
    const [project, ...rest] = await database.projects.list(ownerId);
    expect([project?.name, project?.members.map((member) => member.role), rest]).toEqual(['Web', ['owner'], []]);
  });
});

describe('a local admin', () => {
  it('is made, and the second time given the new password', async () => {
    await expect(database.users.saveLocalAdmin('Root', 'hash 1')).resolves.toBe('created');
    await expect(database.users.saveLocalAdmin('rOOT', 'hash 2')).resolves.toBe('updated');
    const admin = await database.users.findByUsername('ROOT');
    expect(admin).toMatchObject({ username: 'Root', passwordHash: 'hash 2', isAdmin: true, blockedAt: null });
    expect(admin?.approvedAt).toBeInstanceOf(Date);
    await expect(database.one('SELECT count(*)::int AS n FROM users')).resolves.toEqual({ n: 1 });
  });

  it('comes back in although GitLab blocks the account, which is no longer its own; keys that came by it go', async () => {
    const id = await database.user('locked-out');
    await database.db.query(
      'UPDATE users SET is_admin = true, gitlab_blocked_at = now(), blocked_at = now() WHERE id = $1',
      [id],
    );
    await database.db.query(
      `INSERT INTO gitlab_accounts (user_id, issuer, gitlab_id, username, state) VALUES ($1, 'https://git.example/', 1, 'x', 'blocked')`,
      [id],
    );
    for (const source of ['gitlab', 'profile'])
      await database.db.query(
        `INSERT INTO ssh_keys (user_id, source, type, public_key, comment, fingerprint) VALUES ($1, $2, 't', 'k', '', $2)`,
        [id, source],
      );
    await expect(database.users.saveLocalAdmin('locked-out', 'hash')).resolves.toBe('updated');
    await expect(database.users.hasLocalAdmin()).resolves.toBe(true);
    await expect(database.db.query('SELECT 1 FROM gitlab_accounts')).resolves.toEqual([]);
    await expect(database.db.query('SELECT source FROM ssh_keys')).resolves.toEqual([{ source: 'profile' }]);
  });

  it('is never a service', async () => {
    await database.db.query(`INSERT INTO users (username, username_key, kind) VALUES ('bot', 'bot', 'service')`);
    await expect(database.users.saveLocalAdmin('bot', 'hash')).rejects.toMatchObject({ code: 'name-taken' });
  });

  it('is not made of somebody who came by GitLab with that name', async () => {
    const id = await database.user('carol');
    await database.db.query(
      `INSERT INTO gitlab_accounts (user_id, issuer, gitlab_id, username) VALUES ($1, 'https://git.example/', 2, 'carol')`,
      [id],
    );
    await expect(database.users.saveLocalAdmin('Carol', 'hash')).rejects.toMatchObject({ code: 'name-taken' });
    await expect(database.users.findById(id)).resolves.toMatchObject({ isAdmin: false, passwordHash: null });
  });

  it('can be made of an account that is there: unblocked, approved, and otherwise as it was', async () => {
    const id = await database.user('Eve');
    await database.db.query(
      `UPDATE users SET blocked_at = now(), approved_at = NULL, display_name = 'Eve E.' WHERE id = $1`,
      [id],
    );
    await expect(database.users.saveLocalAdmin('eve', 'hash')).resolves.toBe('updated');
    const admin = await database.users.findById(id);
    expect(admin).toMatchObject({ username: 'Eve', displayName: 'Eve E.', isAdmin: true, blockedAt: null });
    expect(admin?.approvedAt).toBeInstanceOf(Date);
  });

  it('is made once by ten at a time', async () => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) => database.users.saveLocalAdmin('admin', `${n}`)),
    );
    expect(answers.filter((answer) => answer === 'created')).toHaveLength(1);
  });

  it('is one with a password: an admin who signs in elsewhere is none', async () => {
    await expect(database.users.hasLocalAdmin()).resolves.toBe(false);
    await database.db.query('UPDATE users SET is_admin = true WHERE id = $1', [await database.user()]);
    await expect(database.users.hasLocalAdmin()).resolves.toBe(false);
    await database.users.saveLocalAdmin('admin', 'hash');
    await expect(database.users.hasLocalAdmin()).resolves.toBe(true);
  });
});
