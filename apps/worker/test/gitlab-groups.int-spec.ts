import { GitlabPerson } from './rig/gitlab-person';
import { GitlabWorld } from './rig/gitlab-world';
import { until } from './rig/until';

jest.setTimeout(120_000);

let rig: GitlabWorld;
let owner: GitlabPerson;
let made = 0;

beforeAll(async () => {
  rig = await GitlabWorld.make();
  await Promise.all([rig.world.start('worker'), rig.world.start('worker'), rig.world.start('scheduler')]);
  owner = await rig.person('owner');
});
afterEach(async () => {
  await rig.gitlab.tell('heal');
  rig.readingToken(true);
});
afterAll(() => rig.close());

/** A project that its owner has bound to a group of its own. */
class Bound {
  private constructor(
    readonly id: string,
    readonly group: number,
  ) {}

  static async make(): Promise<Bound> {
    made++;
    const { id: group } = await rig.gitlab.tell('addGroup', `team${made}`);
    await rig.gitlab.tell('setMember', group, 'owner', 50);
    const [row] = await rig.world.query<{ id: string }>(
      `INSERT INTO projects (name, name_key, gitlab_issuer, gitlab_group_id, gitlab_group_path, gitlab_next_sync_at) VALUES ($1, $1, $2, $3, $1, now()) RETURNING id`,
      [`team${made}`, rig.gitlab.url, group],
    );
    const bound = new Bound(row?.id ?? '', group);
    await rig.world.query(`INSERT INTO members (project_id, user_id, role) VALUES ($1, $2, 'owner')`, [
      bound.id,
      owner.userId,
    ]);
    await bound.until('first sync', async () => (await bound.row()).synced);
    return bound;
  }

  async row(): Promise<{ error: string | null; synced: boolean; path: string; fence: number; missing: boolean }> {
    const [row] = await rig.world.query<{
      error: string | null;
      synced: boolean;
      path: string;
      fence: number;
      missing: boolean;
    }>(
      `SELECT gitlab_error AS error, gitlab_synced_at IS NOT NULL AS synced, gitlab_group_path AS path, gitlab_lease_fence AS fence,
         gitlab_missing_since IS NOT NULL AS missing FROM projects WHERE id = $1`,
      [this.id],
    );
    if (!row) throw new Error('the project is lost');
    return row;
  }

  /** Members as `name role source`. */
  async members(): Promise<string[]> {
    const rows = await rig.world.query<{ member: string }>(
      `SELECT concat_ws(' ', u.username, m.role, m.source) AS member FROM members m JOIN users u ON u.id = m.user_id WHERE m.project_id = $1 ORDER BY 1`,
      [this.id],
    );
    return rows.map(({ member }) => member);
  }

  async log(): Promise<string[]> {
    const rows = await rig.world.query<{ line: string }>(
      `SELECT concat_ws(' ', action, detail ->> 'user', detail ->> 'from', detail ->> 'to') AS line FROM audit_events
       WHERE project_id = $1 AND means = 'gitlab' ORDER BY seq`,
      [this.id],
    );
    return rows.map(({ line }) => line);
  }

  /** Has it looked at now, however long GitLab's silence made it wait. */
  private async due(): Promise<void> {
    await rig.world.query('UPDATE projects SET gitlab_next_sync_at = now() WHERE id = $1', [this.id]);
    rig.world.jobs.wake('gitlab.sync-group', { id: this.id });
  }

  async until(what: string, look: () => Promise<boolean>): Promise<void> {
    await until(what, async () => {
      await this.due();
      if (await look()) return true;
      throw new Error(JSON.stringify([await this.row(), await this.members()]));
    });
  }

  /** Lets whole looks pass, begun after now. */
  async looked(): Promise<void> {
    const { fence } = await this.row();
    await this.until('whole looks', async () => (await this.row()).fence >= fence + 3);
  }

  async untilMembers(...members: string[]): Promise<void> {
    await this.until(members.join(), async () => (await this.members()).join() === members.sort().join());
  }
}

it('members and their roles are those of the group, of all levels', async () => {
  const bound = await Bound.make();
  const people = [
    ['g-owner', 50, 'owner'],
    ['g-maintainer', 40, 'owner'],
    ['g-developer', 30, 'operator'],
    ['g-reporter', 20, 'viewer'],
    ['g-planner', 15, 'viewer'],
    ['g-guest', 10, 'viewer'],
    ['g-minimal', 5, null],
  ] as const;
  for (const [name, level] of people) {
    await rig.person(name);
    await rig.gitlab.tell('setMember', bound.group, name, level);
  }
  await rig.gitlab.tell('addPerson', 'never-seen-here');
  await rig.gitlab.tell('setMember', bound.group, 'never-seen-here', 50);
  await bound.untilMembers(
    'owner owner manual',
    ...people.flatMap(([name, , role]) => (role ? [`${name} ${role} gitlab`] : [])),
  );
});

it('who is given another role, leaves, or is shut out of GitLab follows, and it is in the log', async () => {
  const bound = await Bound.make();
  const [bea] = [await rig.person('bea'), await rig.person('cid')];
  await rig.gitlab.tell('setMember', bound.group, 'bea', 10);
  await rig.gitlab.tell('setMember', bound.group, 'cid', 30);
  await bound.untilMembers('bea viewer gitlab', 'cid operator gitlab', 'owner owner manual');
  await rig.gitlab.tell('setMember', bound.group, 'bea', 30);
  await bound.untilMembers('bea operator gitlab', 'cid operator gitlab', 'owner owner manual');
  await rig.gitlab.tell('removeMember', bound.group, 'cid');
  await bound.untilMembers('bea operator gitlab', 'owner owner manual');
  await rig.gitlab.tell('setState', 'bea', 'blocked');
  await bound.untilMembers('owner owner manual');
  const log = await bound.log();
  expect(log.slice(0, 2).sort()).toEqual(['member.add bea', 'member.add cid']);
  expect(log.slice(2)).toEqual(['member.change bea viewer operator', 'member.remove cid', 'member.remove bea']);
  expect(await bea.log()).toContain('member.remove');
});

it('who was named by hand stays, with the role that was given', async () => {
  const bound = await Bound.make();
  const dan = await rig.person('dan');
  await rig.world.query(`INSERT INTO members (project_id, user_id, role) VALUES ($1, $2, 'viewer')`, [
    bound.id,
    dan.userId,
  ]);
  await rig.gitlab.tell('setMember', bound.group, 'dan', 50);
  await bound.looked();
  expect(await bound.members()).toEqual(['dan viewer manual', 'owner owner manual']);
  await rig.gitlab.tell('removeMember', bound.group, 'dan');
  await bound.looked();
  expect(await bound.members()).toEqual(['dan viewer manual', 'owner owner manual']);
});

it('the groups of a newcomer apply soon after the first sign-in, also where nothing else is to be done', async () => {
  const bound = await Bound.make();
  const { id } = await rig.gitlab.tell('addPerson', 'newcomer');
  await rig.gitlab.tell('setMember', bound.group, 'newcomer', 30);
  await bound.looked();
  expect(await bound.members()).toEqual(['owner owner manual']);
  // Nobody looks at it for a while by itself.
  await rig.world.query(
    `UPDATE projects SET gitlab_next_sync_at = now() + interval '1 hour', gitlab_lease_until = now() + interval '1 second' WHERE id = $1`,
    [bound.id],
  );
  await rig.signIn('newcomer', String(id));
  await until('the group', async () => (await bound.members()).includes('newcomer operator gitlab'), 20_000);
});

it.each([
  ['cuts connections', { kind: 'down' }],
  ['answers 500', { kind: 'status', status: 500 }],
  ['answers 404 by a proxy', { kind: 'status', status: 404 }],
  ['answers pages', { kind: 'html' }],
  ['answers an object', { kind: 'json', body: '{}' }],
] as const)('a GitLab that %s costs nobody the place', async (_what, fault) => {
  const bound = await Bound.make();
  const name = `kay${made}`;
  await rig.person(name);
  await rig.gitlab.tell('setMember', bound.group, name, 30);
  await bound.untilMembers(`${name} operator gitlab`, 'owner owner manual');
  for (const on of ['/members/all', `/groups/${bound.group}$`]) {
    await rig.gitlab.tell('inject', fault, { on });
    await bound.until('the words', async () =>
      /could not be asked.*stay as they are/.test((await bound.row()).error ?? ''),
    );
    expect(await bound.members()).toEqual([`${name} operator gitlab`, 'owner owner manual']);
    expect((await bound.row()).missing).toBe(false);
    await rig.gitlab.tell('heal');
    await bound.until('GitLab is heard again', async () => (await bound.row()).error === null);
  }
});

it('without a reading token everybody stays, and it is said', async () => {
  const bound = await Bound.make();
  await rig.person('lou');
  await rig.gitlab.tell('setMember', bound.group, 'lou', 30);
  await bound.untilMembers('lou operator gitlab', 'owner owner manual');
  for (const token of [null, 'glpat-wrong']) {
    rig.secret('gitlab_token', token);
    await bound.until('the words', async () =>
      (token ? /does not take the token/ : /no token to read/).test((await bound.row()).error ?? ''),
    );
    await bound.looked();
    expect(await bound.members()).toEqual(['lou operator gitlab', 'owner owner manual']);
  }
});

it('a group that is gone costs the place only when GitLab says so for ten minutes', async () => {
  const bound = await Bound.make();
  await rig.person('mia');
  await rig.gitlab.tell('setMember', bound.group, 'mia', 40);
  await bound.untilMembers('mia owner gitlab', 'owner owner manual');
  await rig.gitlab.tell('deleteGroup', bound.group);
  await bound.until('the words', async () => /no such group/.test((await bound.row()).error ?? ''));
  await bound.looked();
  expect(await bound.members()).toEqual(['mia owner gitlab', 'owner owner manual']);
  await rig.world.query(`UPDATE projects SET gitlab_missing_since = now() - interval '11 minutes' WHERE id = $1`, [
    bound.id,
  ]);
  await bound.looked();
  expect(await bound.members()).toEqual(['owner owner manual']);
  expect((await bound.row()).error).toMatch(/no such group/);
});

it('a group that comes back begins to count anew, and a group without any member is no word', async () => {
  const bound = await Bound.make();
  await rig.person('ned');
  await rig.gitlab.tell('setMember', bound.group, 'ned', 30);
  await bound.untilMembers('ned operator gitlab', 'owner owner manual');
  // In this order: a look that is under way must not see the group without ned.
  await rig.gitlab.tell('inject', { kind: 'json', body: '[]' }, { on: '/members/all' });
  await rig.gitlab.tell('removeMember', bound.group, 'ned');
  await bound.until('the words', async () => /shows no member/.test((await bound.row()).error ?? ''));
  await bound.looked();
  expect(await bound.members()).toEqual(['ned operator gitlab', 'owner owner manual']);
  await rig.gitlab.tell('heal');
  await bound.until('the count', async () => !(await bound.row()).missing);
  await bound.untilMembers('owner owner manual');
});
