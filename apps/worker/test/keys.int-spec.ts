import { violations } from './rig/invariants';
import type { ManagedHost } from './rig/managed-host';
import { sharedServices } from './rig/services';
import { newSshKey } from './rig/ssh-key';
import { BY_HAND, KeyedContainer, ROOT_KEYS, Team } from './rig/team';
import { until } from './rig/until';
import { World } from './rig/world';

jest.setTimeout(120_000);

let world: World;
let host: ManagedHost;
let team: Team;

beforeAll(async () => {
  world = await World.make(await sharedServices());
  await Promise.all([world.start('worker'), world.start('scheduler')]);
});
beforeEach(async () => {
  host = await world.host();
  team = await Team.make(world);
});
afterEach(async () => {
  await until('every session is closed', () => world.hosts.every(({ fake }) => fake.sftpSessions === 0));
  expect(await violations(world)).toEqual([]);
});
afterAll(() => world.close());

const existing = async (name: string, status: 'Running' | 'Stopped' = 'Running'): Promise<KeyedContainer> =>
  team.takes(await host.existing(name, status));

it('a key comes and goes with its owner, within seconds; what was there by hand stays, and nothing restarts', async () => {
  const { key } = await team.member();
  const container = await existing('follows');
  container.byHand();
  await container.holds([key], BY_HAND, { asked: false });
  const second = await team.member();
  const addedAt = performance.now();
  await container.holds([key, second.key], BY_HAND, { asked: false });
  expect(performance.now() - addedAt).toBeLessThan(10_000);
  await world.query('UPDATE users SET blocked_at = now() WHERE id = $1', [second.userId]);
  await container.holds([key], BY_HAND, { asked: false });
  await world.query('UPDATE users SET blocked_at = NULL WHERE id = $1', [second.userId]);
  await container.holds([key, second.key], BY_HAND, { asked: false });
  await world.query('DELETE FROM members WHERE project_id = $1', [team.projectId]);
  await container.holds([], BY_HAND, { asked: false });
  expect(container.file()).toBe(BY_HAND);
  expect(host.journal.of('follows')).toEqual([]);
});

it('makes what is lacking, for root alone to write', async () => {
  const { key } = await team.member();
  const container = await existing('bare');
  await container.holds([key]);
  expect(container.instance.nodes.get('/root/.ssh')).toMatchObject({ mode: 0o700, uid: 0, gid: 0 });
  expect(container.instance.nodes.get(ROOT_KEYS)).toMatchObject({ mode: 0o600, uid: 0, gid: 0 });
  expect([...container.instance.files.keys()].filter((path) => path.includes('lxd-manager'))).toEqual([]);
});

it('touches nothing where nothing is wanted', async () => {
  const container = await existing('untouched');
  container.wake();
  await until('somebody has looked', async () => (await container.view()).checkedAt);
  expect(container.instance.nodes.has('/root/.ssh')).toBe(false);
  container.byHand();
  const calls: string[] = [];
  host.fake.onSftp = ({ operation }) => void calls.push(operation);
  await container.letTimePass();
  await (await container.redeploy()).ended();
  expect(calls.filter((call) => !['lstat', 'open', 'stat', 'read', 'close'].includes(call))).toEqual([]);
  expect(container.file()).toBe(BY_HAND);
});

it('the user of the image gets the keys too, in a file of their own', async () => {
  const { key } = await team.member();
  const container = await existing('cloudy');
  const { files, nodes } = container.instance;
  files.set(
    '/etc/passwd',
    Buffer.from(
      'root:x:0:0::/root:/bin/sh\nubuntu:x:1000:1000::/home/ubuntu:/bin/bash\nalice:x:1001:1001::/home/alice:/bin/sh\n',
    ),
  );
  nodes.set('/home/ubuntu', { kind: 'directory', uid: 1000, gid: 1000 });
  nodes.set('/home/alice', { kind: 'directory', uid: 1001, gid: 1001 });
  await container.holds([key]);
  expect(container.file('/home/ubuntu/.ssh/authorized_keys')).toBe(container.file());
  expect(nodes.get('/home/ubuntu/.ssh')).toMatchObject({ mode: 0o700, uid: 1000, gid: 1000 });
  expect(nodes.get('/home/ubuntu/.ssh/authorized_keys')).toMatchObject({ mode: 0o600, uid: 1000, gid: 1000 });
  expect(nodes.has('/home/alice/.ssh')).toBe(false);
  await team.removeKey(key);
  await container.holds([]);
  expect(container.file('/home/ubuntu/.ssh/authorized_keys')).toBe('');
});

/** A container with an account of its image beside root: which one, can be changed. */
async function withUser(name: string): Promise<{ container: KeyedContainer; become: (user: string) => void }> {
  const container = await existing(name);
  const { files, nodes } = container.instance;
  const become = (user: string): void => {
    files.set('/etc/passwd', Buffer.from(`root:x:0:0::/root:/bin/sh\n${user}:x:1000:1000::/home/${user}:/bin/sh\n`));
    nodes.set(`/home/${user}`, { kind: 'directory', uid: 1000, gid: 1000 });
  };
  become('ubuntu');
  return { container, become };
}
const USER_KEYS = '/home/ubuntu/.ssh/authorized_keys';

it('a key that somebody put into one account by hand stays there when ours leaves the other', async () => {
  const { container } = await withUser('shared');
  const line = newSshKey('twice');
  container.byHand(`${line}\n`);
  const { key } = await team.member(line);
  await until('the user has it', () => container.file(USER_KEYS) === `${line}\n`);
  await team.removeKey(key);
  await until('the user has it no more', () => container.file(USER_KEYS) === '');
  expect(container.file()).toBe(`${line}\n`);
});

it('an account that is served no more loses what was put there, and nothing else', async () => {
  const { container, become } = await withUser('renamed');
  const line = newSshKey('moves');
  await team.member(line);
  await until('the user has it', () => container.file(USER_KEYS) === `${line}\n`);
  container.instance.files.set(USER_KEYS, Buffer.from(`# by hand\n${line}\n`));
  become('alice');
  expect((await (await container.redeploy()).ended()).status).toBe('Success');
  expect(container.file(USER_KEYS)).toBe('# by hand\n');
  expect(container.file()).toBe(`${line}\n`);
  expect(container.instance.nodes.has('/home/alice/.ssh')).toBe(false);
});

it('the keys that a container is born with are the manager’s, and go when their owner goes', async () => {
  const { key, userId } = await team.member();
  const container = await team.takes(await host.wanted('born'));
  expect((await (await container.container.create()).ended(60_000)).status).toBe('Success');
  expect(container.instance.config['user.user-data']).toContain('disable_root: false');
  await container.holds([key]);
  // They go even if nobody remembers: cloud-init puts them there again when it runs anew.
  await world.query('DELETE FROM placed_keys WHERE container_id = $1', [container.container.id]);
  await world.query('DELETE FROM members WHERE user_id = $1', [userId]);
  await container.holds([]);
});

it('another project has other keys', async () => {
  const { key } = await team.member();
  const others = await Team.make(world);
  const { key: otherKey } = await others.member();
  const container = await existing('moved');
  container.byHand();
  await container.holds([key], BY_HAND);
  await others.takes(container.container);
  await container.holds([otherKey], BY_HAND);
});

it('a container that does not run is left alone, and gets its keys when it starts', async () => {
  const { key } = await team.member();
  const container = await existing('asleep', 'Stopped');
  const operation = await container.redeploy();
  const ended = await operation.ended();
  expect(ended.status).toBe('Success');
  expect(ended.steps.at(-1)?.detail).toBe('The container does not run; its keys are delivered when it starts.');
  expect((await container.view()).keys).toMatchObject([{ state: 'pending', detail: 'The container does not run.' }]);
  expect(container.file()).toBeUndefined();
  await container.container.power('start');
  await container.holds([key]);
});

it('waits until cloud-init has written its own, and looks again soon after the start', async () => {
  const { key } = await team.member();
  const container = await existing('young', 'Stopped');
  container.instance.files.set('/usr/bin/cloud-init', Buffer.from('#!'));
  await (await container.container.power('start')).ended();
  let looks = 0;
  host.fake.onSftp = ({ path }) => void (path === '/run/cloud-init/result.json' && looks++);
  await until('it was looked twice', () => looks >= 2);
  expect(container.file()).toBeUndefined();
  container.instance.files.set('/run/cloud-init/result.json', Buffer.from('{}'));
  await container.holds([key]);
  // What cloud-init overwrites after all is there again soon, although nobody has changed what is wanted.
  container.byHand();
  await container.holds([key], BY_HAND, { milliseconds: 40_000, asked: false });
});

it('a foreign instance of that name gets no keys', async () => {
  const container = await existing('stranger');
  container.instance.config['user.lxd-manager.id'] = 'somebody else’s';
  await team.member();
  // At once, before a scan finds that the container itself is missing.
  await container.redeploy();
  expect(await container.refused()).toBe('The instance of that name on the host is not this container.');
  expect(host.fake.counts.of('GET', '/1.0/instances/stranger/sftp')).toBe(0);
  container.instance.config['user.lxd-manager.id'] = container.container.id;
  world.jobs.wake('hosts.sync', { id: host.id });
  await until('it is known again', async () => (await container.container.row()).status === 'Running');
  expect((await (await container.redeploy()).ended()).status).toBe('Success');
});

it('an order by hand looks at once, and puts back what somebody removed', async () => {
  const { key } = await team.member();
  const container = await existing('ordered');
  await container.holds([key]);
  container.instance.files.set(ROOT_KEYS, Buffer.from(''));
  const operation = await container.redeploy();
  expect((await operation.ended(5_000)).status).toBe('Success');
  expect(container.file()).toContain(key.publicKey.split(' ')[1]);
});
