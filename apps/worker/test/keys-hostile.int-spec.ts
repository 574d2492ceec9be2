import type { FakeNode } from '@lxdm/testing';
import { violations } from './rig/invariants';
import type { ManagedHost } from './rig/managed-host';
import { sharedServices } from './rig/services';
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
  await team.member();
});
afterEach(async () => {
  await until('every session is closed', () => world.hosts.every(({ fake }) => fake.sftpSessions === 0));
  expect(await violations(world)).toEqual([]);
});
afterAll(() => world.close());

const existing = async (name: string): Promise<KeyedContainer> => team.takes(await host.existing(name, 'Running'));
const SSH = '/root/.ssh';
const directory = { kind: 'directory' } as const;

/** What root inside a container may prepare for us, and what everybody is told of it. */
const traps: [string, Record<string, FakeNode>, string][] = [
  [
    '.ssh is a link',
    { [SSH]: { kind: 'symlink', target: '/etc' } },
    '/root/.ssh is a symbolic link; a directory is needed there.',
  ],
  [
    '.ssh is a pipe',
    { [SSH]: { kind: 'fifo' } },
    '/root/.ssh is a pipe, a socket or a device; a directory is needed there.',
  ],
  ['.ssh is a file', { [SSH]: { kind: 'file' } }, '/root/.ssh is a file; a directory is needed there.'],
  [
    '.ssh is a loop',
    { [SSH]: { kind: 'symlink', target: SSH } },
    '/root/.ssh is a symbolic link; a directory is needed there.',
  ],
  [
    'the file is a link',
    { [SSH]: directory, [ROOT_KEYS]: { kind: 'symlink', target: '/etc/shadow' } },
    `${ROOT_KEYS} is a symbolic link; a file is needed there.`,
  ],
  [
    'the file is a pipe',
    { [SSH]: directory, [ROOT_KEYS]: { kind: 'fifo' } },
    `${ROOT_KEYS} is a pipe, a socket or a device; a file is needed there.`,
  ],
  [
    'the file is a directory',
    { [SSH]: directory, [ROOT_KEYS]: directory },
    `${ROOT_KEYS} is a directory; a file is needed there.`,
  ],
  [
    'the file has two gigabytes',
    { [SSH]: directory, [ROOT_KEYS]: { kind: 'file', size: 2 ** 31 } },
    `${ROOT_KEYS} has 2147483648 bytes; more than 262144 are not read.`,
  ],
  [
    'the file cannot be changed',
    { [SSH]: directory, [ROOT_KEYS]: { kind: 'file', frozen: true } },
    `open ${ROOT_KEYS}: operation not permitted`,
  ],
  [
    'the directory cannot be changed',
    { [SSH]: { ...directory, frozen: true } },
    `open ${SSH}/.authorized_keys.lxd-manager: operation not permitted`,
  ],
  [
    'the draft is a directory that is not empty',
    { [SSH]: directory, [`${SSH}/.authorized_keys.lxd-manager/x`]: { kind: 'file' } },
    `remove ${SSH}/.authorized_keys.lxd-manager: directory not empty`,
  ],
  [
    'the home is a link',
    { '/root': { kind: 'symlink', target: '/' } },
    '/root is a symbolic link; a directory is needed there.',
  ],
];

it.each(traps)(
  '%s: it is told, bounded, without any effect, and the container can be stopped at once',
  async (what, nodes, words) => {
    const container = await existing(`trap-${what.replace(/[^a-z]+/g, '-')}`.slice(0, 60));
    for (const [path, node] of Object.entries(nodes)) container.instance.nodes.set(path, node);
    const before = JSON.stringify([[...container.instance.nodes], [...container.instance.files]]);
    const began = performance.now();
    container.wake();
    expect(await container.refused()).toBe(words);
    expect(performance.now() - began).toBeLessThan(9_000);
    expect(JSON.stringify([[...container.instance.nodes], [...container.instance.files]])).toBe(before);
    expect((await container.view()).keys).toMatchObject([{ state: 'failed', detail: words }]);
    const ordered = await (await container.redeploy()).ended();
    expect([ordered.status, ordered.errorMessage]).toEqual(['Failure', words]);
    expect((await (await container.container.power('stop')).ended(8_000)).status).toBe('Success');
  },
);

it('says so when the trap is gone, and delivers', async () => {
  const container = await existing('healed');
  container.instance.nodes.set(SSH, { kind: 'fifo' });
  await container.refused();
  container.instance.nodes.delete(SSH);
  expect((await (await container.redeploy()).ended()).status).toBe('Success');
  expect(await container.view()).toMatchObject({ error: null, keys: [{ state: 'placed' }] });
});

it('a pipe that takes the place of the file while we look holds up nobody', async () => {
  const container = await existing('quick');
  container.byHand();
  host.fake.onSftp = ({ operation, path }) => {
    if (operation === 'open' && path === ROOT_KEYS) container.instance.nodes.set(ROOT_KEYS, { kind: 'fifo' });
  };
  expect(await container.refused()).toBe(`${ROOT_KEYS} is not a regular file`);
});

it('a file that somebody changes while it is written is tried again, not taken for written', async () => {
  const container = await existing('restless');
  let reverted = 0;
  host.fake.onSftp = ({ operation, path }) => {
    // After the rename, when it is read again.
    if (operation === 'open' && path === ROOT_KEYS && container.file() !== undefined && reverted === 0) {
      reverted++;
      container.byHand();
    }
  };
  expect(await container.refused()).toBe(`${ROOT_KEYS} was changed by somebody else while it was written.`);
  await container.settled();
  expect(container.file()).toContain(BY_HAND);
});

it('a line that somebody adds after we looked is not lost', async () => {
  const container = await existing('hasty');
  container.byHand();
  let added = 0;
  host.fake.onSftp = ({ operation, path }) => {
    // The draft is written after everything was read, and before it is moved over the file.
    if (operation === 'write' && path !== ROOT_KEYS && added++ === 0) container.byHand(`${BY_HAND}# one more\n`);
  };
  expect(await container.refused()).toBe(`${ROOT_KEYS} was changed by somebody else while it was written.`);
  await container.settled();
  expect(container.file()).toContain(`${BY_HAND}# one more\n`);
});

it('/etc/passwd may be anything: root is served', async () => {
  for (const node of [
    { kind: 'fifo' },
    { kind: 'symlink', target: '/proc/kmsg' },
    { kind: 'directory' },
    { kind: 'file', size: 2 ** 40 },
  ] as const) {
    const container = await existing(`odd-${node.kind}`);
    container.instance.nodes.set('/etc/passwd', node);
    container.wake();
    await container.settled();
    expect(container.file()).toContain('ssh-ed25519');
  }
});

it('a container that never answers holds up no other of its host, and is stopped all the same', async () => {
  const hanging = await Promise.all(['h1', 'h2', 'h3', 'h4', 'h5'].map(existing));
  const good = await existing('patient');
  const names = new Set(hanging.map(({ container }) => container.name));
  host.fake.onSftp = ({ instance }) => (names.has(instance) ? new Promise<void>(() => undefined) : undefined);
  for (const container of hanging) container.wake();
  good.wake();
  const elsewhere = await team.takes(await (await world.host()).existing('elsewhere', 'Running'));
  elsewhere.wake();
  await elsewhere.settled(8_000);
  await until('a session hangs', () => host.fake.sftpSessions > 0);
  const stopped = await hanging[0]?.container.power('stop');
  expect((await stopped?.ended(8_000))?.status).toBe('Success');
  await good.settled(25_000);
  expect(await hanging[1]?.refused()).toMatch(/^host\d+ did not finish \(GET \/1.0\/instances\/h2\/sftp, 5000 ms\)$/);
});
