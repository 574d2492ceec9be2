import type { SftpCall } from '@lxdm/testing';
import { violations } from './rig/invariants';
import type { ManagedHost } from './rig/managed-host';
import { sharedServices } from './rig/services';
import { BY_HAND, KeyedContainer, Team } from './rig/team';
import { until } from './rig/until';
import { World } from './rig/world';

jest.setTimeout(240_000);

let world: World;
let host: ManagedHost;
let team: Team;

beforeAll(async () => {
  world = await World.make(await sharedServices());
});
beforeEach(async () => {
  host = await world.host();
  team = await Team.make(world);
});
afterEach(async () => {
  // While a worker lives: what it has not seen yet, it sees now. It ends in any case, or the next case has it too.
  const found = await violations(world);
  await Promise.all(world.processes.filter((one) => one.running).map((one) => one.end('SIGTERM')));
  expect(found).toEqual([]);
});
afterAll(() => world.close());

const existing = async (name: string): Promise<KeyedContainer> => team.takes(await host.existing(name, 'Running'));

/** Holds whoever speaks with the containers of the host at one of their calls, and tells all of them. */
function holdAt(number: number): { calls: SftpCall[]; held: () => boolean; release: () => void } {
  const calls: SftpCall[] = [];
  let release: () => void = () => undefined;
  let held = false;
  host.fake.onSftp = async (call) => {
    if (calls.push(call) !== number) return;
    held = true;
    await new Promise<void>((resolve) => (release = resolve));
    throw new Error('the caller is dead: nothing of this happens');
  };
  return { calls, held: () => held, release: () => release() };
}

it('a worker that is killed at any of its calls loses no line, and the next one completes', async () => {
  const stayer = await team.member();
  const comer = await team.member();
  const leaver = await team.member();
  await world.query('DELETE FROM members WHERE user_id = $1', [leaver.userId]);
  let worker = await world.start('worker');
  let number = 0;
  for (let isDone = false; !isDone;) {
    number++;
    const container = await existing(`killed-${number}`);
    // One key goes, one stays, one comes.
    await container.had([leaver.key, stayer.key]);
    const hold = holdAt(number);
    container.wake();
    await until(
      `held at call ${number}, or done`,
      async () => hold.held() || (await container.view()).keys.every(({ state }) => state === 'placed'),
    );
    isDone = !hold.held();
    await worker.end('SIGKILL');
    hold.release();
    host.fake.onSftp = undefined;
    // Never a file without keys in between: the old ones, or the new ones.
    expect(container.file()).toContain(BY_HAND);
    expect(container.file()).toContain(Buffer.from(stayer.key.publicKey).toString('latin1'));
    worker = await world.start('worker');
    await container.letTimePass();
    container.wake();
    await container.holds([stayer.key, comer.key], BY_HAND);
  }
  // lstat, open, read, write, rename and what belongs to it: fewer calls would mean that nothing was written.
  expect(number).toBeGreaterThan(15);
});

it('a host that is down is not asked, and has its keys soon after it is back', async () => {
  const { key } = await team.member();
  const container = await existing('offline');
  await Promise.all([world.start('worker'), world.start('scheduler')]);
  await container.holds([key]);
  await host.fake.refuse();
  await until(
    'the host is known to be down',
    async () =>
      (await world.query('SELECT 1 FROM hosts WHERE id = $1 AND observed_error IS NOT NULL', [host.id])).length > 0,
    60_000,
  );
  const second = await team.member();
  // A delivery that was under way when it went down may have failed on it; either way the host is named.
  expect((await container.view()).keys.filter(({ state }) => state !== 'placed')).toMatchObject([
    { state: expect.stringMatching(/pending|failed/) as string, detail: expect.stringContaining(host.name) as string },
  ]);
  await host.fake.listen();
  const backAt = performance.now();
  await container.holds([key, second.key], '', { milliseconds: 60_000, asked: false });
  expect(performance.now() - backAt).toBeLessThan(45_000);
  expect(host.journal.of('offline')).toEqual([]);
});

it('a host that cuts the session is tried again, and nothing is left half', async () => {
  const { key } = await team.member();
  const container = await existing('cutting');
  container.byHand();
  let cuts = 0;
  host.fake.onSftp = ({ operation }) => {
    if (operation === 'write' && ++cuts <= 2) throw new Error('cut');
  };
  await Promise.all([world.start('worker'), world.start('scheduler')]);
  await container.holds([key], BY_HAND, { milliseconds: 30_000, asked: false });
  expect(cuts).toBeGreaterThan(2);
});

it('a container that is stopped while keys are written into it is stopped, and gets them when it starts', async () => {
  const { key } = await team.member();
  const container = await existing('interrupted');
  container.byHand();
  const { onSftp } = {
    onSftp: (call: SftpCall): void => {
      if (call.operation !== 'write') return;
      host.fake.onSftp = undefined;
      host.fake.meddle('interrupted', 'stop');
      throw new Error('its file system is gone');
    },
  };
  host.fake.onSftp = onSftp;
  await Promise.all([world.start('worker'), world.start('scheduler')]);
  await until('seen as stopped', async () => (await container.container.row()).status === 'Stopped');
  expect(container.file()).toBe(BY_HAND);
  expect((await (await container.container.power('start')).ended()).status).toBe('Success');
  await container.holds([key], BY_HAND, { milliseconds: 30_000, asked: false });
});

it('an action on a container comes before its keys', async () => {
  await team.member();
  const container = await existing('busy');
  await world.query(
    `UPDATE containers SET generation = generation + 1, lease_until = now() + interval '1 hour' WHERE id = $1`,
    [container.container.id],
  );
  await world.start('worker');
  container.wake();
  await until('the delivery was given back', async () => {
    const rows = await world.query(
      'SELECT 1 FROM key_deliveries WHERE container_id = $1 AND lease_until IS NULL AND lease_fence > 0',
      [container.container.id],
    );
    return rows.length === 1;
  });
  expect(host.fake.counts.of('GET', '/1.0/instances/busy/sftp')).toBe(0);
  await world.query('UPDATE containers SET generation = observed_generation, lease_until = NULL WHERE id = $1', [
    container.container.id,
  ]);
  // The scan at the worker's start left out what was under a lease.
  world.jobs.wake('hosts.sync', { id: host.id });
});

it('a worker that is told to end gives the delivery back at once', async () => {
  await team.member();
  const container = await existing('polite');
  const hold = holdAt(3);
  const worker = await world.start('worker');
  container.wake();
  await until('held', () => hold.held());
  const toldAt = performance.now();
  await worker.end('SIGTERM');
  expect(performance.now() - toldAt).toBeLessThan(8_000);
  const [row] = await world.query<{ free: boolean }>(
    'SELECT lease_until IS NULL AS free FROM key_deliveries WHERE container_id = $1',
    [container.container.id],
  );
  expect(row?.free).toBe(true);
  hold.release();
});

it('twenty wake-ups and two workers deliver once', async () => {
  const { key } = await team.member();
  const container = await existing('popular');
  let renames = 0;
  host.fake.onSftp = ({ operation }) => void (operation === 'rename' && renames++);
  await Promise.all([world.start('worker'), world.start('worker')]);
  for (let n = 0; n < 20; n++) container.wake();
  await container.holds([key]);
  expect(renames).toBe(1);
});
