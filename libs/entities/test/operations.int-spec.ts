import type { OperationStep, OperationType } from '@lxdm/domain';
import type { OperationView } from '../src';
import { TestDatabase } from './database';

let database: TestDatabase;
let host: string;
let user: string;
beforeAll(async () => {
  database = await TestDatabase.open(20);
  host = await database.host();
  user = await database.user();
});
afterAll(() => database.close());

const RUNNING = { power: 'running', deleted: false } as const;
const STOPPED = { power: 'stopped', deleted: false } as const;
const GONE = { power: 'running', deleted: true } as const;
const step = (name: string, over: Partial<OperationStep> = {}): OperationStep => ({
  name,
  status: 'running',
  at: '2026-01-02T03:04:05.000Z',
  ...over,
});
async function view(id: string): Promise<OperationView> {
  const [found] = await database.operations.byIds([id]);
  if (!found) throw new Error('No such operation.');
  return found;
}
/** Operations on a container of their own, at the generations 1, 2, 3 …, in this order. */
async function accepted(...types: OperationType[]): Promise<{ target: string; ids: string[] }> {
  const target = await database.container(host);
  const ids: string[] = [];
  for (const [index, type] of types.entries()) ids.push(await database.operation(type, target, index + 1, user));
  return { target, ids };
}
const outcomes = async (ids: readonly string[]) =>
  Promise.all(ids.map(async (id) => (await view(id)).errorCode ?? (await view(id)).status));

it('is accepted as pending, with a deadline in the future', async () => {
  const { target, ids } = await accepted('container.start');
  await expect(view(ids[0] ?? '')).resolves.toMatchObject({
    type: 'container.start',
    status: 'Pending',
    targetId: target,
    steps: [],
    progress: null,
    errorCode: null,
    startedAt: null,
    finishedAt: null,
    requestedById: user,
  });
  const left = (await database.operations.deadline(target))?.secondsLeft ?? 0;
  expect(left).toBeGreaterThan(800);
  expect(left).toBeLessThanOrEqual(900);
  await expect(database.operations.deadline(await database.container(host))).resolves.toBeNull();
});

describe('settling', () => {
  it.each([
    ['a start that runs', ['container.start'], RUNNING, ['Success']],
    ['a start that a stop overtook', ['container.start', 'container.stop'], STOPPED, ['superseded', 'Success']],
    [
      'start, stop, start',
      ['container.start', 'container.stop', 'container.start'],
      RUNNING,
      ['Success', 'superseded', 'Success'],
    ],
    ['a create and its delete', ['container.create', 'container.delete'], GONE, ['superseded', 'Success']],
    ['a create and its stop', ['container.create', 'container.stop'], STOPPED, ['Success', 'Success']],
  ] as [string, OperationType[], typeof RUNNING | typeof STOPPED | typeof GONE, string[]][])(
    'ends %s',
    async (_, types, desired, ends) => {
      const { target, ids } = await accepted(...types);
      await database.db.run((tx) => database.operations.settle(tx, target, types.length, desired));
      await expect(outcomes(ids)).resolves.toEqual(ends);
      for (const id of ids) expect((await view(id)).finishedAt).toBeInstanceOf(Date);
    },
  );

  it('leaves what was asked for after the generation that is settled', async () => {
    const { target, ids } = await accepted('container.start', 'container.stop');
    await database.db.run((tx) => database.operations.settle(tx, target, 1, RUNNING));
    await expect(outcomes(ids)).resolves.toEqual(['Success', 'Pending']);
  });

  it('leaves what has ended, and what belongs to another target', async () => {
    const { target, ids } = await accepted('container.start');
    const other = await accepted('container.start');
    await database.db.run((tx) =>
      database.operations.fail(tx, target, 1, { code: 'no-space', message: 'No space left.' }, RUNNING),
    );
    const ended = await view(ids[0] ?? '');
    await database.db.run((tx) => database.operations.settle(tx, target, 9, RUNNING));
    await expect(view(ids[0] ?? '')).resolves.toEqual(ended);
    await expect(outcomes(other.ids)).resolves.toEqual(['Pending']);
  });

  it('says who is told: each operation is in the change feed once', async () => {
    const { target, ids } = await accepted('container.start', 'container.stop');
    const { last } = await database.changes.bounds();
    await database.db.run((tx) => database.operations.settle(tx, target, 2, STOPPED));
    const told = (await database.changes.since(last)).map((row) => row.entityId);
    expect([...told].sort()).toEqual([...ids].sort());
  });

  it('two that settle at once end each operation once', async () => {
    const { target, ids } = await accepted('container.start');
    const settle = () => database.db.run((tx) => database.operations.settle(tx, target, 1, RUNNING));
    const { last } = await database.changes.bounds();
    await Promise.all(Array.from({ length: 10 }, settle));
    await expect(database.changes.since(last)).resolves.toHaveLength(1);
    await expect(outcomes(ids)).resolves.toEqual(['Success']);
  });
});

describe('failing', () => {
  const reason = { code: 'no-space', message: 'No space left.' };

  it('gives the reason to what was wanted last, and tells the others that they were overtaken', async () => {
    const { target, ids } = await accepted('container.stop', 'container.start');
    await database.db.run((tx) => database.operations.fail(tx, target, 2, reason, RUNNING));
    const [stop, start] = await Promise.all(ids.map(view));
    expect(stop).toMatchObject({ status: 'Cancelled', errorCode: 'superseded' });
    expect(start).toMatchObject({ status: 'Failure', errorCode: 'no-space', errorMessage: 'No space left.' });
  });

  it('gives the reason to all of all targets where it holds for all', async () => {
    const [one, two] = [await accepted('container.stop', 'container.start'), await accepted('container.delete')];
    await database.db.run((tx) => database.operations.failAll(tx, [one.target, two.target], reason));
    await expect(outcomes([...one.ids, ...two.ids])).resolves.toEqual(['no-space', 'no-space', 'no-space']);
  });
});

describe('steps', () => {
  const note = (target: string, noted: OperationStep, before?: 'done' | 'failed') =>
    database.db.run((tx) => database.operations.noteStep(tx, target, 9, noted, before));

  it('follow each other: one is running at a time, and a repeated one takes the place of itself', async () => {
    const { target, ids } = await accepted('container.start');
    await note(target, step('Create'));
    await note(target, step('Wait for the host', { detail: 'busy' }), 'failed');
    await note(target, step('Wait for the host', { detail: 'still busy' }));
    await note(target, step('Start'));
    await expect(view(ids[0] ?? '')).resolves.toMatchObject({
      status: 'Running',
      startedAt: expect.any(Date),
      steps: [
        step('Create', { status: 'failed' }),
        step('Wait for the host', { status: 'done', detail: 'still busy' }),
        step('Start'),
      ],
    });
  });

  it.each([
    ['Success', 'done', 100],
    ['Failure', 'failed', null],
  ] as const)('end with the operation: %s', async (status, last, progress) => {
    const { target, ids } = await accepted('container.start');
    await note(target, step('Unfreeze'));
    await note(target, step('Start'));
    await database.db.run((tx) =>
      status === 'Success'
        ? database.operations.settle(tx, target, 1, RUNNING)
        : database.operations.fail(tx, target, 1, { code: 'x', message: 'y' }, RUNNING),
    );
    await expect(view(ids[0] ?? '')).resolves.toMatchObject({
      status,
      progress,
      steps: [step('Unfreeze', { status: 'done' }), step('Start', { status: last })],
    });
  });

  it('of an overtaken operation are noted as long as it is outstanding, and never on one that has ended', async () => {
    const { target, ids } = await accepted('container.start', 'container.stop');
    await database.db.run((tx) => database.operations.settle(tx, target, 1, RUNNING));
    await note(target, step('Stop'));
    expect((await view(ids[0] ?? '')).steps).toEqual([]);
    expect((await view(ids[1] ?? '')).steps).toEqual([step('Stop')]);
  });
});

describe('orphans', () => {
  const age = (id: string) =>
    database.db.query(`UPDATE operations SET created_at = now() - interval '2 minutes' WHERE id = $1`, [id]);
  const sweep = () => database.db.run((tx) => database.operations.endOrphans(tx));

  it('are ended: of targets that are settled, removed or unknown', async () => {
    const targets = await Promise.all([
      database.settled(host),
      database.container(host, { removed_at: new Date() }),
      database.user(),
    ]);
    const ids: string[] = [];
    for (const target of targets) ids.push(await database.operation('container.start', target, 1, user));
    await Promise.all(ids.map(age));
    await expect(sweep()).resolves.toBe(3);
    await expect(outcomes(ids)).resolves.toEqual(['orphaned', 'orphaned', 'orphaned']);
    await expect(sweep()).resolves.toBe(0);
  });

  it('are not what somebody will still see to, nor what is new', async () => {
    const unmet = await database.container(host);
    const freshHost = await database.one<{ id: string }>(
      `INSERT INTO hosts (name, name_key, url) VALUES ('fresh', 'fresh', 'https://fresh') RETURNING id`,
    );
    const outstanding = [
      await database.operation('container.start', unmet, 1, user),
      await database.operation('host.add', freshHost.id, 1, user),
    ];
    await Promise.all(outstanding.map(age));
    const young = await database.operation('container.start', await database.settled(host), 1, user);
    await expect(sweep()).resolves.toBe(0);
    await expect(outcomes([...outstanding, young])).resolves.toEqual(['Pending', 'Pending', 'Pending']);
  });
});
