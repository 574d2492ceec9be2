import { randomUUID } from 'node:crypto';
import { ContainerQuery, NewContainer } from '../src';
import { TestDatabase } from './database';

let database: TestDatabase;
let host: string;
let project: string;
let other: string;
const QUERY: ContainerQuery = { projectIds: null, sort: 'name', descending: false, offset: 0, limit: 50 };

beforeAll(async () => {
  database = await TestDatabase.open();
  host = await database.host('alpha_1');
  const second = await database.host('beta');
  project = await database.project('Team 100%');
  other = await database.project('others');
  const at = (day: number) => ({ created_at: new Date(Date.UTC(2026, 0, day)) });
  await database.settled(host, { name: 'web2', project_id: project, description: '50% off', ...at(3) });
  await database.settled(host, { name: 'Web1', project_id: project, description: 'The SHOP', ...at(4) });
  await database.settled(second, { name: 'lonely', description: '50 of them', ...at(1) });
  await database.settled(second, { name: 'db', project_id: other, description: 'a_b \\ c', ...at(2) });
  await database.settled(host, { name: 'gone', project_id: project, removed_at: new Date() });
  const { id } = await database.one<{ id: string }>(`SELECT id FROM containers WHERE name = 'db'`);
  await database.db.query(
    `INSERT INTO addresses (container_id, interface, address, family, present) VALUES ($1, 'eth1', '2001:db8::53', 6, true), ($1, 'eth0', '10.1.2.3', 4, true)`,
    [id],
  );
});
afterAll(() => database.close());

const names = async (over: Partial<ContainerQuery>) =>
  (await database.containers.page({ ...QUERY, ...over })).items.map((item) => item.name);

it.each([
  ['a name, in any case', 'WEB', ['Web1', 'web2']],
  ['a description, in any case', 'shop', ['Web1']],
  ['a project', 'team', ['Web1', 'web2']],
  ['a host', 'beta', ['db', 'lonely']],
  ['an address', '2001:db8::5', ['db']],
  ['a part of an IPv4 address', '1.2.3', ['db']],
  ['a percent sign, which is not a wildcard', '50%', ['web2']],
  ['a percent sign alone', '%', ['Web1', 'web2']],
  ['an underscore, which is not a wildcard', 'a_b', ['db']],
  ['an underscore alone', '_', ['db', 'Web1', 'web2']],
  ['a backslash', '\\', ['db']],
  ['a backslash before a wildcard', '\\%', []],
  ['a quote', "' OR true --", []],
  ['nothing', '', ['db', 'lonely', 'Web1', 'web2']],
  ['nothing that is there', 'gone', []],
])('filters by %s', async (_, filter, expected) => {
  await expect(names({ filter })).resolves.toEqual(expected);
  await expect(database.containers.page({ ...QUERY, filter })).resolves.toMatchObject({ total: expected.length });
});

it.each([
  ['name', ['db', 'lonely', 'Web1', 'web2'], ['web2', 'Web1', 'lonely', 'db']],
  ['createdAt', ['lonely', 'db', 'web2', 'Web1'], ['Web1', 'web2', 'db', 'lonely']],
  ['host', ['Web1', 'web2', 'db', 'lonely'], ['db', 'lonely', 'Web1', 'web2']],
  // Those without a project come last both ways.
  ['project', ['db', 'Web1', 'web2', 'lonely'], ['Web1', 'web2', 'db', 'lonely']],
] as const)('sorts by %s', async (sort, up, down) => {
  await expect(names({ sort })).resolves.toEqual(up);
  await expect(names({ sort, descending: true })).resolves.toEqual(down);
});

it.each(['name', 'createdAt', 'host', 'project'] as const)('pages by %s show each container once', async (sort) => {
  const pages = [];
  for (let offset = 0; offset < 6; offset++) pages.push(...(await names({ sort, offset, limit: 1 })));
  expect(pages).toEqual(await names({ sort }));
  const page = await database.containers.page({ ...QUERY, sort, offset: 3, limit: 2 });
  expect([page.items.length, page.total]).toEqual([1, 4]);
});

it('beyond the end is empty and still knows how many there are', async () => {
  await expect(database.containers.page({ ...QUERY, offset: 99 })).resolves.toEqual({ items: [], total: 4 });
  await expect(database.containers.page({ ...QUERY, limit: null })).resolves.toMatchObject({ total: 4 });
});

it('a viewer sees the containers of their projects, and whatever they ask for, no others', async () => {
  const mine = { projectIds: [project] };
  await expect(names(mine)).resolves.toEqual(['Web1', 'web2']);
  await expect(names({ projectIds: [project, other] })).resolves.toEqual(['db', 'Web1', 'web2']);
  await expect(names({ projectIds: [] })).resolves.toEqual([]);
  await expect(names({ ...mine, projectId: other })).resolves.toEqual([]);
  await expect(names({ ...mine, filter: 'db' })).resolves.toEqual([]);
  await expect(names({ ...mine, hostId: randomUUID() })).resolves.toEqual([]);
  await expect(names({ ...mine, hostId: host })).resolves.toEqual(['Web1', 'web2']);
  await expect(database.containers.page({ ...QUERY, ...mine })).resolves.toMatchObject({ total: 2 });
});

it('shows addresses with what was seen of them, public ones first', async () => {
  const { items } = await database.containers.page({ ...QUERY, filter: 'db' });
  expect(items[0]?.addresses.map(({ address, interface: name }) => [name, address])).toEqual([
    ['eth1', '2001:db8::53'],
    ['eth0', '10.1.2.3'],
  ]);
});

describe('a name', () => {
  const wanted = (name: string): NewContainer => ({
    id: randomUUID(),
    name,
    description: '',
    projectId: null,
    hostId: host,
    image: 'debian/12',
    nesting: false,
    hwaddrEth0: 'a',
    hwaddrEth1: 'b',
    power: 'running',
  });
  const create = (name: string) => database.db.run((tx) => database.containers.create(tx, wanted(name)));

  it('is given to one of twenty at a time, in whatever case they want it', async () => {
    const tries = ['race', 'RACE', 'Race', 'rAcE'].flatMap((name) => Array.from({ length: 5 }, () => create(name)));
    const answers = await Promise.allSettled(tries);
    expect(answers.filter((answer) => answer.status === 'fulfilled')).toHaveLength(1);
    for (const answer of answers)
      if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ code: 'name-taken' });
    await expect(database.containers.nameTaken('rACE')).resolves.toBe(true);
  });

  it('of a removed container is free', async () => {
    await expect(database.containers.nameTaken('gone')).resolves.toBe(false);
    await expect(create('GONE')).resolves.toBeUndefined();
  });
});

it('wishes on one container are accepted one after the other, each with a generation of its own', async () => {
  const id = await database.settled(host);
  const restart = { power: 'running', restart: true, force: false, timeoutSeconds: 30 } as const;
  const wish = () =>
    database.db.run(async (tx) => {
      const container = await database.containers.lock(tx, id);
      if (!container) throw new Error('The container is gone.');
      return [container.generation, await database.containers.setPower(tx, container, restart)];
    });
  const answers = await Promise.all(Array.from({ length: 10 }, wish));
  expect(answers.map(([before, after]) => (after ?? 0) - (before ?? 0))).toEqual(answers.map(() => 1));
  expect(new Set(answers.map(([, after]) => after)).size).toBe(10);
  expect((await database.containers.find(id))?.desired).toMatchObject({ restartGeneration: 10, generation: 11 });
});
