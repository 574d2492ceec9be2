import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { NameServer } from '../src/name-server';
import { ask, until } from './client';
import { Fleet } from './fleet';
import { health, metric, startNameServer } from './server-under-test';

const dig = (port: number, ...words: string[]) =>
  promisify(execFile)('dig', ['@127.0.0.1', '-p', String(port), '+tries=1', '+time=3', ...words]).then(({ stdout }) =>
    stdout.trim(),
  );

let fleet: Fleet;
let server: NameServer;
let port: number;

beforeAll(async () => {
  fleet = await Fleet.create(process.env['TEST_DATABASE_URL'] ?? '');
  server = await startNameServer(fleet.readerUrl);
  port = server.ports.dns;
  await until(async () => (await health(server)).status === 200, 5_000);
});
afterAll(async () => {
  await server.stop();
  await fleet.close();
});

const answers = async (name: string, type: 'A' | 'AAAA' = 'A') => (await ask(port, name, type)).answers;
const served = (name: string) => until(async () => (await answers(name)).length > 0, 1_000);

it('has SOA and NS at the apex, as dig sees them over both protocols', async () => {
  const soa = `ns.example.org. hostmaster.ct.example.org. ${await fleet.serial()} 3600 600 1209600 60`;
  expect(await dig(port, '+short', 'ct.example.org', 'SOA')).toBe(soa);
  expect(await dig(port, '+short', '+tcp', 'ct.example.org', 'SOA')).toBe(soa);
  expect(await dig(port, '+short', 'ct.example.org', 'NS')).toBe('ns.example.org.');
});

it('answers with a container within a second of the commit', async () => {
  await fleet.appear({ name: 'Web1', addresses: ['192.0.2.7', '2001:db8::7'] });
  await served('web1.ct.example.org');
  expect(await ask(port, 'web1.ct.example.org')).toEqual({
    rcode: 'NOERROR',
    authoritative: true,
    answers: ['web1.ct.example.org A 192.0.2.7'],
    authority: [],
  });
  expect(await ask(port, 'WEB1.ct.example.org', 'AAAA', 'tcp')).toMatchObject({
    answers: ['WEB1.ct.example.org AAAA 2001:db8::7'],
  });
  expect(await dig(port, '+noall', '+answer', 'web1.ct.example.org')).toMatch(/\s60\s+IN\s+A\s+192\.0\.2\.7$/);
});

it('tells names that do not exist from types that they do not have, and refuses other zones', async () => {
  const soa = [`ct.example.org SOA serial ${await fleet.serial()}`];
  expect(await ask(port, 'web1.ct.example.org', 'MX')).toMatchObject({ rcode: 'NOERROR', answers: [], authority: soa });
  expect(await ask(port, 'nobody.ct.example.org')).toMatchObject({ rcode: 'NXDOMAIN', authority: soa });
  expect(await ask(port, 'below.web1.ct.example.org')).toMatchObject({ rcode: 'NXDOMAIN', authority: soa });
  expect(await ask(port, 'example.org')).toMatchObject({ rcode: 'REFUSED', authoritative: false, authority: [] });
});

it('serves nothing that is not published', async () => {
  await fleet.appear(
    { name: 'shy', addresses: ['192.0.2.9'], published: false },
    { name: 'mark1', addresses: ['192.0.2.10'] },
  );
  await served('mark1.ct.example.org');
  expect((await ask(port, 'shy.ct.example.org')).rcode).toBe('NXDOMAIN');
});

it('leaves out names that cannot be served, says so, and serves their neighbours', async () => {
  const odd = ['my_ct.x', '_acme-challenge', 'a.b', 'back\\slash', 'new\nline', '*', '@'];
  await fleet.appear(...odd.map((name, index) => ({ name, addresses: [`198.51.100.${index + 1}`] })), {
    name: 'neighbour',
    addresses: ['198.51.100.99'],
  });
  await served('neighbour.ct.example.org');
  expect((await ask(port, 'anything.ct.example.org')).rcode).toBe('NXDOMAIN');
  expect((await ask(port, 'b.ct.example.org')).rcode).toBe('NXDOMAIN');
  expect((await ask(port, 'ct.example.org')).answers).toEqual([]);
  expect((await health(server)).details['zone']).toContain(`${odd.length} names cannot be served`);
  expect(await metric(server, 'lxdm_dns_zone_skipped_names')).toBe(odd.length);
});

it('bumps the serial once for each transaction that changes an answer, and for no other', async () => {
  const before = await fleet.serial();
  const [id = ''] = await fleet.appear({ name: 'serial', addresses: ['192.0.2.20'] });
  expect(await fleet.serial()).toBe(before + 1);
  await fleet.see(id, 'Stopped', ['192.0.2.20']);
  await fleet.see(id, 'Stopped', []); // published addresses stay while the container lives
  expect(await fleet.serial()).toBe(before + 1);
  // A name is its container's own from the beginning, with addresses or without.
  await fleet.appear({ name: 'no-address', addresses: [] });
  expect(await fleet.serial()).toBe(before + 2);
  await fleet.see(id, 'Running', ['192.0.2.20', '2001:db8::20']);
  expect(await fleet.serial()).toBe(before + 3);
  await until(
    async () => (await ask(port, 'ct.example.org', 'SOA')).answers[0] === `ct.example.org SOA serial ${before + 3}`,
    1_000,
  );
  expect(await answers('serial.ct.example.org', 'AAAA')).toEqual(['serial.ct.example.org AAAA 2001:db8::20']);
});

it('forgets a container that is gone', async () => {
  const [id = ''] = await fleet.appear({ name: 'brief', addresses: ['192.0.2.30'] });
  await served('brief.ct.example.org');
  await fleet.vanish(id);
  await until(async () => (await ask(port, 'brief.ct.example.org')).rcode === 'NXDOMAIN', 1_000);
});

it('takes a storm of commits and ends with the last of them', async () => {
  const storm = Array.from({ length: 60 }, (_, index) => ({
    name: `storm-${index}`,
    addresses: [`203.0.113.${index + 1}`],
  }));
  for (const found of storm) await fleet.appear(found);
  await served('storm-59.ct.example.org');
  for (const { name, addresses } of storm)
    expect(await answers(`${name}.ct.example.org`)).toEqual([`${name}.ct.example.org A ${addresses[0]}`]);
});

it('counts what was asked', async () => {
  await ask(port, 'web1.ct.example.org', 'A', 'tcp');
  await until(
    async () => ((await metric(server, 'lxdm_dns_queries_total{protocol="tcp",rcode="NOERROR",type="A"}')) ?? 0) > 0,
    3_000,
  );
  expect(await metric(server, 'lxdm_dns_zone_serial')).toBe(await fleet.serial());
  expect(await metric(server, 'lxdm_dns_feed_connected')).toBe(1);
});

it('names the port that it cannot have', async () => {
  await expect(startNameServer(fleet.readerUrl, { port })).rejects.toThrow(
    `LXDM_DNS_PORT: port ${port} on 127.0.0.1 is in use by another program`,
  );
});
