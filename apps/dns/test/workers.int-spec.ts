import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createSocket } from 'node:dgram';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newKeyRing } from '@lxdm/crypto';
import { ask } from './client';
import { Fleet, ZONE } from './fleet';

jest.setTimeout(90_000);

let fleet: Fleet;
let child: ChildProcess;
let port: number;
let healthPort: number;
const secrets = mkdtempSync(join(tmpdir(), 'lxdm-dns-workers-'));

async function freePort(): Promise<number> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port: free } = socket.address();
  socket.close();
  return free;
}

async function health(): Promise<{ status: number; detail: string }> {
  try {
    const response = await fetch(`http://127.0.0.1:${healthPort}/health/ready`);
    const { checks } = (await response.json()) as { checks: { name: string; detail: string }[] };
    return { status: response.status, detail: checks.find(({ name }) => name === 'workers')?.detail ?? '' };
  } catch {
    return { status: 0, detail: 'does not listen yet' };
  }
}

async function until(what: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 40_000;
  while (!(await what())) {
    if (Date.now() > end) throw new Error('it did not come to that');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function workers(): Promise<number[]> {
  const ps = spawn('ps', ['-o', 'pid=', '--ppid', String(child.pid)]);
  let text = '';
  ps.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  await once(ps, 'close');
  return text.split('\n').map(Number).filter(Boolean);
}

/** Asks one question after the other until told to end; says how many got no answer in time. */
function load(): { end: () => Promise<{ asked: number; lost: number }> } {
  let going = true;
  let asked = 0;
  let lost = 0;
  const one = async (): Promise<void> => {
    while (going) {
      asked += 1;
      const answer = await ask(port, `web.${ZONE.slice(0, -1)}`).catch(() => undefined);
      if (answer?.rcode !== 'NOERROR') lost += 1;
    }
  };
  const all = Promise.all(Array.from({ length: 8 }, one));
  return {
    end: async () => {
      going = false;
      await all;
      return { asked, lost };
    },
  };
}

beforeAll(async () => {
  fleet = await Fleet.create(process.env['TEST_DATABASE_URL'] ?? '');
  await fleet.appear({ name: 'web', addresses: ['192.0.2.1'] });
  [port, healthPort] = [await freePort(), await freePort()];
  writeFileSync(join(secrets, 'dns_encrypt'), newKeyRing(), { mode: 0o600 });
  const main = join(__dirname, '..', 'dist', 'main.js');
  child = spawn(process.execPath, [main], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      DATABASE_URL: fleet.readerUrl,
      LXDM_SECRETS_DIR: secrets,
      LXDM_DNS_PORT: String(port),
      LXDM_METRICS_PORT: String(healthPort),
      DNS_ZONE: ZONE,
      DNS_WORKERS: '2',
    },
  });
  await until(async () => (await health()).detail === '2 of 2 answer');
});

afterAll(async () => {
  child.kill('SIGTERM');
  await once(child, 'exit');
  await fleet.close();
  rmSync(secrets, { recursive: true });
});

it('goes on when a worker is killed, loses no more than what it had in hand, and starts it again', async () => {
  const [victim] = await workers();
  const questions = load();
  process.kill(victim as number, 'SIGKILL');
  await until(async () => !(await workers()).includes(victim as number));
  await until(async () => (await workers()).length === 2 && (await health()).detail === '2 of 2 answer');
  const { asked, lost } = await questions.end();
  expect(asked).toBeGreaterThan(100);
  expect(lost).toBeLessThanOrEqual(8);
});

it('replaces all workers on SIGHUP without losing a question', async () => {
  const before = await workers();
  const questions = load();
  child.kill('SIGHUP');
  await until(async () => {
    const now = await workers();
    return now.length === 2 && now.every((pid) => !before.includes(pid));
  });
  await until(async () => (await health()).detail === '2 of 2 answer');
  expect((await questions.end()).lost).toBe(0);
});

it('tells the metrics of all workers at one port', async () => {
  const text = await (await fetch(`http://127.0.0.1:${healthPort}/metrics`)).text();
  for (const worker of [1, 2]) expect(text).toMatch(new RegExp(`^lxdm_dns_zone_serial\\{.*worker="${worker}"`, 'm'));
  expect(text.match(/^# TYPE lxdm_dns_zone_serial gauge$/gm)).toHaveLength(1);
});
