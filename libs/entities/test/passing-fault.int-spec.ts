import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { createDataSource, isPassingDatabaseFault } from '../src';
import { gate, TestDatabase } from './database';

let database: TestDatabase;
beforeAll(async () => {
  database = await TestDatabase.open(1);
});
afterAll(() => database.close());

const faultOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => {
      throw new Error('It went well.');
    },
    (error: unknown) => error,
  );
const raised = (code: string) =>
  faultOf(database.db.query(`DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '${code}'; END $$`));

it('a pool that has no connection to give in time passes', async () => {
  const [held, ended] = [gate(), gate()];
  const holding = database.db.run(() => {
    held.open();
    return ended.opened;
  });
  await held.opened;
  const fault = await faultOf(database.db.query('SELECT 1'));
  ended.open();
  await holding;
  expect((fault as Error).message).toContain('timeout exceeded');
  expect(isPassingDatabaseFault(fault)).toBe(true);
  await expect(database.db.query('SELECT 1')).resolves.toHaveLength(1);
}, 20_000);

it('a connection that the server ends passes', async () => {
  expect(
    isPassingDatabaseFault(await faultOf(database.db.query('SELECT pg_terminate_backend(pg_backend_pid())'))),
  ).toBe(true);
});

it('a statement that takes too long passes', async () => {
  const slow = database.db.run(async (tx) => {
    await tx.query('SET LOCAL statement_timeout = 20');
    await tx.query('SELECT pg_sleep(5)');
  });
  expect(isPassingDatabaseFault(await faultOf(slow))).toBe(true);
});

it('a server that is not there passes', async () => {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  const connecting = createDataSource({ url: `postgres://lxdm:x@127.0.0.1:${port}/lxdm`, poolSize: 1 }).initialize();
  expect(isPassingDatabaseFault(await faultOf(connecting))).toBe(true);
});

it.each(['08006', '40001', '40P01', '53300', '55P03', '57P03', '58030'])('SQLSTATE %s passes', async (code) => {
  expect(isPassingDatabaseFault(await raised(code))).toBe(true);
});

it.each(['22P02', '23503', '23505', '25P02', '42501', '42601', '42P01', 'P0001'])(
  'SQLSTATE %s does not pass',
  async (code) => {
    expect(isPassingDatabaseFault(await raised(code))).toBe(false);
  },
);

it.each([new Error('some fault'), 'connection terminated', undefined, null])('%p is none of the database', (fault) => {
  expect(isPassingDatabaseFault(fault)).toBe(false);
});
