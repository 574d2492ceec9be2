import { spawnSync } from 'node:child_process';
import { DnspythonClient } from './dnspython';
import { ZONE } from './fleet';
import { SignedBench } from './signed-bench';
import { StoredKey, TransferBench } from './transferring';

/** Who verifies a signed zone as a file. */
const TOOLS: Readonly<Record<string, readonly string[]>> = {
  'dnssec-verify': ['-q', '-z', '-o', ZONE],
  kzonecheck: ['-d', 'on', '-o', ZONE],
  'ldns-verify-zone': ['-V', '1'],
};
const every = Object.keys(TOOLS);

let bench: SignedBench;
let transfers: TransferBench;
let client: DnspythonClient;
let key: StoredKey;

beforeAll(async () => {
  bench = await SignedBench.create();
  transfers = new TransferBench(bench.fleet, bench.server);
  key = await transfers.key('follower');
  client = new DnspythonClient(bench.port);
}, 30_000);
afterAll(async () => {
  await client.close();
  await bench.close();
});

/** Which tools object to these lines of zone-file text, and what they say. */
function objections(lines: readonly string[], tools: readonly string[] = every): string[] {
  const file = bench.file('zone', `${lines.join('\n')}\n`);
  return tools.flatMap((tool) => {
    const { status, stdout, stderr, error } = spawnSync(tool, [...(TOOLS[tool] ?? []), file], { encoding: 'utf8' });
    if (error) throw error;
    return status === 0 ? [] : [`${tool}: ${stdout}${stderr}`];
  });
}

const whole = async () => (await transfers.transfer(key, 'AXFR', { more: ['+onesoa'] })).records;

it('is right as it is transferred', async () => {
  const lines = await whole();
  expect(lines.filter((line) => line.includes(' RRSIG ')).length).toBeGreaterThan(10);
  expect(objections(lines)).toEqual([]);
});

it('is not right when one record of it is changed on the way', async () => {
  const lines = await whole();
  const changed = lines.map((line) => line.replace(' A 192.0.2.7', ' A 192.0.2.8'));
  expect(changed).not.toEqual(lines);
  expect(objections(changed)).toHaveLength(every.length);
});

it('is right in a copy that was brought up to date by what changed, at every step of a rollover too', async () => {
  const renewed = async (tools = every) => {
    await bench.served();
    const copy = await client.transfer('copy', key);
    expect(copy).toMatchObject({ serial: await bench.fleet.serial() });
    expect(objections(copy.records, tools)).toEqual([]);
    const { records } = await client.transfer('whole', key, { whole: true });
    expect(copy.records).toEqual(records);
    return copy.since === null ? 'whole' : 'what changed';
  };
  expect(await renewed()).toBe('whole');
  const [id = ''] = await bench.fleet.appear({ name: 'fresh', addresses: ['192.0.2.9'] });
  expect(await renewed()).toBe('what changed');
  await bench.fleet.appear({ name: 'second', addresses: ['192.0.2.10', '2001:db8::10'] });
  await bench.fleet.vanish(id);
  expect(await renewed()).toBe('what changed');
  // Knot's checker wants every key to sign everything; the RFC wants one that does (RFC 4035 §2.2).
  const others = every.filter((tool) => tool !== 'kzonecheck');
  const fresh = await bench.addKey(false);
  await renewed(others);
  await bench.activate(fresh);
  await renewed(others);
  const [old] = await bench.keys.list(ZONE);
  await bench.remove(old?.id ?? '');
  await renewed();
}, 60_000);
