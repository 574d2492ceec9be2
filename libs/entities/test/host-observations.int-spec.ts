import { randomUUID } from 'node:crypto';
import { SeenImage } from '../src';
import { TestDatabase } from './database';

let database: TestDatabase;
beforeAll(async () => {
  database = await TestDatabase.open();
});
afterAll(() => database.close());

/** What the change feed was told during some work. */
async function told(
  work: () => Promise<unknown>,
): Promise<{ kind: string; entityId: string; projectId: string | null }[]> {
  const { last } = await database.changes.bounds();
  await work();
  return (await database.changes.since(last)).map(({ kind, entityId, projectId }) => ({ kind, entityId, projectId }));
}

describe('the images of a host', () => {
  const image = (over: Partial<SeenImage> = {}): SeenImage => ({
    fingerprint: 'aa',
    aliases: ['debian/12', 'debian'],
    description: 'Debian 12',
    os: 'Debian',
    release: '12',
    architecture: 'x86_64',
    sizeBytes: 1_000,
    ...over,
  });
  const before = [image(), image({ fingerprint: 'bb', aliases: [] })];

  it.each<[string, SeenImage[], boolean]>([
    ['the same', before, false],
    ['the same in another order', [...before].reverse(), false],
    ['one more', [...before, image({ fingerprint: 'cc' })], true],
    ['one less', before.slice(1), true],
    ['none', [], true],
    ['one under another alias', [image({ aliases: ['bookworm'] }), ...before.slice(1)], true],
    ['one described otherwise', [image({ description: 'Debian twelve' }), ...before.slice(1)], true],
  ])('%s: the host is said to have changed only when they did', async (_, images, news) => {
    const host = await database.host();
    await database.hostObservations.recordImages(host, before);
    const changes = await told(() => database.hostObservations.recordImages(host, images));
    expect(changes).toEqual(news ? [{ kind: 'host', entityId: host, projectId: null }] : []);
    const stored = await database.hosts.imagesOf(host);
    expect(new Set(stored.map((one) => [one.fingerprint, ...one.aliases].join()))).toEqual(
      new Set(images.map((one) => [one.fingerprint, ...one.aliases].join())),
    );
  });

  it('are told when the first ones come', async () => {
    const host = await database.host();
    expect(await told(() => database.hostObservations.recordImages(host, before))).toHaveLength(1);
    expect(await told(() => database.hostObservations.recordImages(host, []))).toHaveLength(1);
    expect(await told(() => database.hostObservations.recordImages(host, []))).toEqual([]);
  });
});

describe('a host that is removed', () => {
  /** Removes a host with so many containers, each with an operation that is under way; says what was sent to the database. */
  async function remove(containers: number): Promise<{ statements: number; operations: string[]; host: string }> {
    const user = await database.user();
    const host = await database.host();
    const operations: string[] = [];
    for (let number = 0; number < containers; number++) {
      const id = await database.settled(host, { generation: 2, project_id: await database.project() });
      operations.push(await database.operation('container.start', id, 2, user));
    }
    await database.operation('host.remove', host, 2, user);
    await database.db.query('UPDATE hosts SET generation = 2, deleted_at = now() WHERE id = $1', [host]);
    const connection = await database.hostObservations.connection(host);
    if (!connection) throw new Error('The host is gone.');
    const { fence } = await database.claim(host, 'hosts');
    const before = database.statements.length;
    await database.hostObservations.recordRemoved(connection, fence);
    return { statements: database.statements.length - before, operations, host };
  }

  it('ends the operations of one container and of thirty in as many statements, and tells of each', async () => {
    const { statements } = await remove(1);
    const { last } = await database.changes.bounds();
    const many = await remove(30);
    expect(many.statements).toBe(statements);
    const views = await database.operations.byIds(many.operations);
    expect(views.map((view) => [view.status, view.errorCode])).toEqual(
      many.operations.map(() => ['Failure', 'host-removed']),
    );
    expect(views.every((view) => view.finishedAt !== null)).toBe(true);
    const changes = await database.changes.since(last);
    const announced = changes.slice(changes.findLastIndex((one) => one.kind === 'host'));
    for (const { id } of views) expect(announced.map((one) => one.entityId)).toContain(id);
  });

  it('leaves operations alone that had ended, and those of other hosts', async () => {
    const user = await database.user();
    const elsewhere = await database.container(await database.host());
    const other = await database.operation('container.start', elsewhere, 1, user);
    const ended = await database.operation('container.start', randomUUID(), 1, user);
    await database.db.query(`UPDATE operations SET status = 'Success' WHERE id = $1`, [ended]);
    await remove(2);
    const views = await database.operations.byIds([other, ended]);
    expect(new Map(views.map((view) => [view.id, view.status]))).toEqual(
      new Map([
        [other, 'Pending'],
        [ended, 'Success'],
      ]),
    );
  });
});
