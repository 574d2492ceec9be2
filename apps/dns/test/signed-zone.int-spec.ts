import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { ZoneKeysRepository } from '@lxdm/entities';
import { generateZoneKey } from '@lxdm/nameserver';
import { NameServer } from '../src/name-server';
import { ask, until } from './client';
import { Fleet, ZONE } from './fleet';
import { health, metric } from './server-under-test';
import { SignedBench } from './signed-bench';

const run = promisify(execFile);
const missing = spawnSync('delv', ['-v']).error !== undefined;
// Without delv (Debian: bind9-dnsutils) nobody validates; elsewhere this must not pass unseen.
if (missing && process.env['CI']) throw new Error('delv is missing: install bind9-dnsutils');

const VALIDATED = /; (negative response, )?fully validated/;

(missing ? describe.skip : describe)('what delv says of a signed zone', () => {
  let bench: SignedBench;
  let fleet: Fleet;
  let server: NameServer;
  let keys: ZoneKeysRepository;

  beforeAll(async () => {
    bench = await SignedBench.create();
    ({ fleet, server, keys } = bench);
  });
  afterAll(() => bench.close());

  const served = () => bench.served();

  async function addKey(active: boolean): Promise<{ id: string; anchor: string }> {
    const id = await bench.addKey(active);
    return { id, anchor: await anchorOf(id) };
  }

  /** A file that says that this key is to be trusted. */
  async function anchorOf(id?: string): Promise<string> {
    return anchor(await bench.dnskey(id));
  }

  function anchor(dnskey: Buffer): string {
    const text = `trust-anchors { ${ZONE} static-key 257 3 13 "${dnskey.subarray(4).toString('base64')}"; };\n`;
    return bench.file(`anchor-${dnskey.toString('hex', 4, 12)}`, text);
  }

  async function delv(file: string, name: string, type: string): Promise<string> {
    const at = ['@127.0.0.1', '-p', String(server.ports.dns), '-a', file, `+root=${ZONE}`, '-4'];
    const { stdout, stderr } = await run('delv', [...at, name === '@' ? ZONE : `${name}.${ZONE}`, type]).catch(
      (error: { stdout: string; stderr: string }) => error,
    );
    return stdout + stderr;
  }

  it.each([
    ['an address', 'web', 'A'],
    ['the top', '@', 'SOA'],
    ['the keys', '@', 'DNSKEY'],
    ['what the parent is asked for', '@', 'CDS'],
    ['a type that is not there', 'web', 'MX'],
    ['a name that is not there', 'nobody', 'A'],
    ['a name below a container', 'x.y.web', 'A'],
    ['a wildcard', 'any.wild', 'TXT'],
    ['a type that a wildcard does not have', 'any.wild', 'A'],
    ['an empty non-terminal', 'wild', 'A'],
    ['a CNAME and what it leads to', 'alias', 'AAAA'],
    ['a delegation that is signed', 'safe', 'DS'],
    ['a delegation that is not', 'bare', 'DS'],
  ])('validates %s', async (_what, name, type) => {
    expect(await delv(await anchorOf(), name, type)).toMatch(VALIDATED);
  });

  it('refuses all of it with another key as its anchor', async () => {
    expect(await delv(anchor(generateZoneKey().dnskey), 'web', 'A')).not.toMatch(VALIDATED);
  });

  it('validates what has changed', async () => {
    const [id = ''] = await fleet.appear({ name: 'fresh', addresses: ['192.0.2.8'] });
    await served();
    expect(await delv(await anchorOf(), 'fresh', 'A')).toMatch(VALIDATED);
    await fleet.vanish(id);
    await served();
    expect(await delv(await anchorOf(), 'fresh', 'A')).toMatch(/negative response, fully validated/);
  });

  it('validates by every anchor that a step of a rollover may meet', async () => {
    const old = await anchorOf();
    const [first] = await keys.list(ZONE);
    const { id, anchor: fresh } = await addKey(false);
    const valid = async (...anchors: string[]) => {
      await served();
      for (const one of anchors)
        for (const name of ['web', 'nobody']) expect(await delv(one, name, 'A')).toMatch(VALIDATED);
    };
    await valid(old, fresh);
    await fleet.db.run((tx) => keys.activate(tx, ZONE, id));
    await valid(old, fresh);
    await fleet.db.run((tx) => keys.remove(tx, first?.id ?? ''));
    await valid(fresh);
    expect(await delv(old, 'web', 'A')).not.toMatch(VALIDATED);
  });

  it('says when its signatures end', async () => {
    const expires = (await metric(server, `lxdm_dns_signatures_expire_timestamp_seconds{zone="${ZONE}"}`)) ?? 0;
    expect(expires - Date.now() / 1_000).toBeGreaterThan(13 * 86_400);
  });

  it('leaves those alone who do not ask for signatures', async () => {
    expect(await ask(server.ports.dns, 'web.ct.example.org')).toMatchObject({
      answers: ['web.ct.example.org A 192.0.2.7'],
      authority: [],
    });
  });

  it('serves what was signed last, and says so, when a key does not open', async () => {
    const current = await anchorOf();
    await fleet.db.query(
      `UPDATE zone_keys SET private_key_sealed = 'v1.other.' || substr(private_key_sealed, 20), id = gen_random_uuid()`,
    );
    await fleet.appear({ name: 'late', addresses: ['192.0.2.9'] });
    await until(async () => (await health(server)).details['signatures'] !== undefined, 10_000);
    expect(await delv(current, 'web', 'A')).toMatch(VALIDATED);
    expect((await ask(server.ports.dns, 'late.ct.example.org')).rcode).toBe('NXDOMAIN');
    expect((await health(server)).details['signatures']).toContain('what was signed last is served');
  });
});
