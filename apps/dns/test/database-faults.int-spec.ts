import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { postgres, servicesDown, servicesUp } from '../../../tools/services/control.cjs';
import { NameServer } from '../src/name-server';
import { ask, until } from './client';
import { Fleet } from './fleet';
import { health, metric, startNameServer } from './server-under-test';

let services: { dir: string; databaseUrl: string };
let fleet: Fleet;
let server: NameServer;
let port: number;

const rcode = async (name: string) => (await ask(port, `${name}.ct.example.org`)).rcode;
const served = (name: string, deadlineMs: number) => until(async () => (await rcode(name)) === 'NOERROR', deadlineMs);
/** The test's own connections break with the database as well: what they find is tried again. */
const eventually = (work: () => Promise<unknown>) =>
  until(
    () =>
      work().then(
        () => true,
        () => false,
      ),
    10_000,
  );

beforeAll(async () => {
  services = servicesUp();
  fleet = await Fleet.create(services.databaseUrl);
  await fleet.appear({ name: 'old', addresses: ['192.0.2.1'] });
}, 60_000);
afterAll(async () => {
  await server.stop();
  await fleet.db.dataSource.destroy();
  servicesDown(services.dir);
}, 60_000);

it('answers SERVFAIL and is not ready until the database is there for the first time', async () => {
  postgres(services.dir, 'stop', 'fast');
  server = await startNameServer(fleet.readerUrl);
  port = server.ports.dns;
  expect(await rcode('old')).toBe('SERVFAIL');
  expect((await ask(port, 'ct.example.org', 'SOA')).rcode).toBe('SERVFAIL');
  expect((await ask(port, 'example.net')).rcode).toBe('REFUSED');
  await until(async () => (await health(server)).details['zone']?.includes('ECONNREFUSED') ?? false, 5_000);
  expect((await health(server)).status).toBe(503);
  postgres(services.dir, 'start');
  await served('old', 10_000);
  await until(async () => (await health(server)).status === 200, 5_000);
}, 60_000);

it('hears of what was committed while its listener was cut off', async () => {
  // Zones are served as soon as they are read, which may be before the feed is heard again.
  await until(async () => (await metric(server, 'lxdm_dns_feed_connected')) === 1, 10_000);
  const cut = await fleet.db.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'lxdm-dns-listener'`,
  );
  expect(cut).toHaveLength(1);
  await fleet.appear({ name: 'unheard', addresses: ['192.0.2.2'] });
  await served('unheard', 3_000);
}, 30_000);

it.each(['fast', 'immediate'] as const)(
  'serves what it has while the database is away (%s), and goes on',
  async (how) => {
    postgres(services.dir, 'stop', how);
    await until(async () => (await metric(server, 'lxdm_dns_feed_connected')) === 0, 5_000);
    expect(await rcode('old')).toBe('NOERROR');
    const { status, details } = await health(server);
    expect(status).toBe(200);
    expect(details['database']).toContain('what was loaded last is served');
    postgres(services.dir, 'start');
    await eventually(() => fleet.appear({ name: `after-${how}`, addresses: [`192.0.2.${10 + how.length}`] }));
    await served(`after-${how}`, 10_000);
    await until(async () => (await health(server)).details['database'] === 'answers', 10_000);
  },
  60_000,
);

it('serves what it has while the database stands still, says so, and goes on', async () => {
  const leaving = await startNameServer(fleet.readerUrl);
  await until(async () => (await health(leaving)).status === 200, 10_000);
  postgres(services.dir, 'pause');
  try {
    const started = performance.now();
    await leaving.stop();
    expect(performance.now() - started).toBeLessThan(4_000);
    expect(await rcode('old')).toBe('NOERROR');
    await until(async () => (await health(server)).details['database'] !== 'answers', 20_000);
    expect(await rcode('old')).toBe('NOERROR');
  } finally {
    postgres(services.dir, 'resume');
  }
  await eventually(() => fleet.appear({ name: 'resumed', addresses: ['192.0.2.40'] }));
  await served('resumed', 10_000);
}, 60_000);

it('believes a restored backup, though its history is another one', async () => {
  await fleet.db.query(`DELETE FROM changes WHERE seq < (SELECT max(seq) FROM changes)`);
  await fleet.db.query(`DELETE FROM addresses WHERE container_id = (SELECT id FROM containers WHERE name_key = 'old')`);
  await fleet.db.query('UPDATE zones SET serial = 4294967295');
  await fleet.appear({ name: 'restored', addresses: ['192.0.2.50'] });
  await served('restored', 3_000);
  expect(await rcode('old')).toBe('NXDOMAIN');
  // The serial wraps as RFC 1982 wants it.
  expect((await ask(port, 'ct.example.org', 'SOA')).answers).toEqual(['ct.example.org SOA serial 0']);
}, 30_000);

it('serves its last good zone after a start without a database, says so, and goes on when the database is there', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'dns-snapshot-'));
  const snapshot = join(folder, 'zones');
  try {
    const first = await startNameServer(fleet.readerUrl, { snapshot });
    await until(async () => (await health(first)).status === 200, 10_000);
    await first.stop();
    postgres(services.dir, 'stop', 'fast');
    const second = await startNameServer(fleet.readerUrl, { snapshot });
    try {
      expect((await ask(second.ports.dns, 'restored.ct.example.org')).rcode).toBe('NOERROR');
      const { status, details } = await health(second);
      expect([status, details['zone']]).toEqual([200, expect.stringContaining('from the snapshot, saved')]);
      expect(await metric(second, 'lxdm_dns_zone_from_snapshot')).toBe(1);
      postgres(services.dir, 'start');
      await until(async () => (await health(second)).details['database'] === 'answers', 10_000);
      expect(await metric(second, 'lxdm_dns_zone_from_snapshot')).toBe(0);
      expect((await health(second)).details['zone']).toContain('confirmed');
    } finally {
      await second.stop();
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 60_000);
