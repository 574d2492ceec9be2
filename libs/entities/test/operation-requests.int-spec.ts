import { DomainError } from '@lxdm/domain';
import { gate, TestDatabase } from './database';

let database: TestDatabase;
let host: string;
let user: string;
beforeAll(async () => {
  database = await TestDatabase.open(20);
  host = await database.host();
  user = await database.user();
});
afterAll(() => database.close());

describe('an Idempotency-Key', () => {
  const begin = (actor: string, key: string | null, target: string) =>
    database.db.run((tx) =>
      database.operations.begin(tx, {
        type: 'container.start',
        targetKind: 'container',
        targetId: target,
        targetName: 'web',
        targetGeneration: 1,
        projectId: null,
        requestedById: actor,
        requestId: null,
        idempotency: key === null ? null : { key, digest: 'digest' },
      }),
    );

  it('is accepted once by twenty at a time, and the others are told', async () => {
    const target = await database.container(host);
    const answers = await Promise.allSettled(Array.from({ length: 20 }, () => begin(user, 'key-1', target)));
    const ids = answers.filter((answer) => answer.status === 'fulfilled').map((answer) => answer.value);
    const faults = answers.filter((answer) => answer.status === 'rejected').map((answer): unknown => answer.reason);
    expect(ids).toHaveLength(1);
    for (const fault of faults) expect(fault).toMatchObject({ code: 'conflict' });
    expect(faults[0]).toBeInstanceOf(DomainError);
    await expect(database.operations.findByIdempotencyKey(user, 'key-1')).resolves.toEqual({
      id: ids[0],
      digest: 'digest',
    });
  });

  it('is of one actor, and none at all is never the same', async () => {
    const target = await database.container(host);
    const other = await database.user();
    await begin(user, 'key-2', target);
    await expect(begin(other, 'key-2', target)).resolves.toEqual(expect.any(String));
    await begin(user, null, target);
    await expect(begin(user, null, target)).resolves.toEqual(expect.any(String));
    await expect(database.operations.findByIdempotencyKey(other, 'key-1')).resolves.toBeNull();
  });

  it('that is being used by a transaction which fails is free again', async () => {
    const target = await database.container(host);
    const held = gate();
    const begun = gate();
    const failing = database.db.run(async (tx) => {
      await tx.query(
        `INSERT INTO operations (type, target_kind, target_id, target_name, target_generation, requested_by_id, idempotency_key, deadline_at)
         VALUES ('container.start', 'container', $1, 'web', 1, $2, 'key-3', now())`,
        [target, user],
      );
      begun.open();
      await held.opened;
      throw new Error('no');
    });
    await begun.opened;
    const waiting = begin(user, 'key-3', target);
    held.open();
    await expect(failing).rejects.toThrow('no');
    await expect(waiting).resolves.toEqual(expect.any(String));
  });
});

describe('a page', () => {
  it('is of the viewer, of a target, of a status, newest first', async () => {
    const project = await database.project();
    const target = await database.container(host);
    const ids: string[] = [];
    for (const [index, type] of (['container.start', 'container.stop', 'container.start'] as const).entries())
      ids.push(await database.operation(type, target, index + 1, user));
    await database.db.query('UPDATE operations SET project_id = $1 WHERE id = ANY($2)', [project, ids.slice(0, 2)]);
    const page = (over: object) =>
      database.operations.page({ projectIds: null, targetId: target, offset: 0, limit: 10, ...over });
    const all = await page({});
    expect(all.items.map((item) => item.id)).toEqual([...ids].reverse());
    expect(all.items[0]?.requestedBy).toMatch(/^user-/);
    await expect(page({ projectIds: [project] })).resolves.toMatchObject({ total: 2 });
    await expect(page({ projectIds: [] })).resolves.toEqual({ items: [], total: 0 });
    await expect(page({ status: 'Success' })).resolves.toEqual({ items: [], total: 0 });
    const second = await page({ offset: 1, limit: 1 });
    expect([second.total, second.items.map((item) => item.id)]).toEqual([3, [ids[1]]]);
  });
});
