import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiUnderTest } from './api-under-test';

let api: ApiUnderTest;
let web: string;
let dns: Server;
let dnsStatus = 200;
beforeAll(async () => {
  web = mkdtempSync(join(tmpdir(), 'lxdm-api-web-'));
  dns = createServer((_request, response) => response.writeHead(dnsStatus).end()).listen(0, '127.0.0.1');
  await new Promise((resolve) => dns.once('listening', resolve));
  const { port } = dns.address() as { port: number };
  api = await ApiUnderTest.start({ webDir: web, dnsHealthUrl: `http://127.0.0.1:${port}/health/ready` });
});
afterAll(async () => {
  await api.stop();
  dns.close();
  rmSync(web, { recursive: true });
});

const page = (path: string) => api.anonymous().get(path).set('Accept', 'text/html,*/*;q=0.8');

describe('the console', () => {
  it('says clearly that it is not built', async () => {
    const { text } = await page('/').expect(503).expect('Content-Type', /html/);
    expect(text).toContain('not built');
  });

  it('is served with its files, and index.html for every page', async () => {
    writeFileSync(join(web, 'index.html'), '<app-root></app-root>');
    writeFileSync(join(web, 'main-ABCD1234.js'), 'console');
    writeFileSync(join(web, 'favicon.ico'), 'icon');
    for (const path of ['/', '/containers', '/containers/abc?x=1', '/sign-in']) {
      const answer = await page(path).expect(200);
      expect(answer.text).toContain('app-root');
      expect(answer.headers).toMatchObject({
        'cache-control': 'no-cache',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
      });
      expect(answer.headers['content-security-policy']).toMatch(/script-src 'self';.*frame-ancestors 'none'/);
      expect(answer.headers['x-powered-by']).toBeUndefined();
    }
    expect((await page('/main-ABCD1234.js').expect(200)).headers['cache-control']).toBe(
      'public, max-age=31536000, immutable',
    );
    expect((await page('/favicon.ico').expect(200)).headers['cache-control']).toBe('no-cache');
  });

  it.each(['/missing.js', '/../../etc/passwd', '/%2e%2e/%2e%2e/etc/passwd', '/.env'])(
    'does not serve %s',
    async (path) => {
      const answer = await api.anonymous().get(path).set('Accept', 'application/javascript');
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.text).not.toContain('root:');
    },
  );

  it('is no answer for the API', async () => {
    for (const path of ['/api', '/api/nothing', '/api/containers/x/y']) {
      const answer = await page(path);
      expect(answer.type).toBe('application/problem+json');
    }
  });
});

describe('health', () => {
  const ready = async () =>
    (await api.anonymous().get('/api/health/ready')).body as {
      status: string;
      checks: { name: string; ok: boolean; detail: string }[];
    };
  const failing = async () => (await ready()).checks.filter(({ ok }) => !ok).map(({ name }) => name);
  const beat = (process: string, age: string) =>
    api.db.query(
      `INSERT INTO heartbeats (process, instance, at) VALUES ($1, 'one', now() - $2::interval) ON CONFLICT (process, instance) DO UPDATE SET at = excluded.at`,
      [process, age],
    );
  /** The answer is kept for a second. */
  const eventually = async (expected: string[]) => {
    const deadline = Date.now() + 5_000;
    let last = await failing();
    while (last.join() !== expected.join() && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      last = await failing();
    }
    expect(last).toEqual(expected);
  };

  it('is alive without anything else', async () => {
    expect((await api.anonymous().get('/api/health/live').expect(200)).body).toEqual({ status: 'ok' });
  });

  it('is ready when every part is', async () => {
    await eventually(['worker', 'scheduler']);
    await beat('worker', '1 second');
    await beat('scheduler', '1 second');
    await eventually([]);
    await api.anonymous().get('/api/health/ready').expect(200);
    await beat('worker', '20 seconds');
    await eventually(['worker']);
    expect((await ready()).checks.find(({ name }) => name === 'worker')?.detail).toMatch(/^was last seen 2\d s ago$/);
    await beat('worker', '0 seconds');
    dnsStatus = 503;
    await eventually(['dns']);
    await api.anonymous().get('/api/health/ready').expect(503);
  });
});

describe('a database that goes away', () => {
  it('is a problem with Retry-After, and nothing more is told', async () => {
    const user = await api.signedIn('user');
    const name = new URL(api.settings.databaseUrl).pathname.slice(1);
    await api.withoutDatabase(async () => {
      const { body, headers, type } = await user.get('/api/containers').expect(503);
      expect(type).toBe('application/problem+json');
      expect(body).toMatchObject({ code: 'not-ready', status: 503 });
      expect(headers['retry-after']).toBe('5');
      expect(JSON.stringify(body)).not.toContain(name);
    });
    await user.get('/api/containers').expect(200);
  });
});
