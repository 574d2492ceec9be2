import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { request, type RequestOptions } from 'node:https';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { FakeLxd, selfSigned } from '../src/index';

const client = selfSigned('manager');

async function call(
  url: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; text: string }> {
  const options: RequestOptions = {
    method,
    cert: client.cert,
    key: client.key,
    rejectUnauthorized: false,
    agent: false,
  };
  return new Promise((resolve, reject) => {
    const sent = request(`${url}${path}`, options, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
      response.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

const newContainer = { name: 'web', type: 'container', source: { type: 'image', alias: 'debian/12' } };

describe('hooks of the fake', () => {
  let fake: FakeLxd;
  beforeEach(async () => {
    fake = await new FakeLxd().listen();
    fake.trustClient(client);
  });
  afterEach(() => fake.close());

  it('calls onRequest before the effect and onEffect before the answer', async () => {
    const order: string[] = [];
    let during = new Set<string>();
    fake.onRequest = async ({ method, path }) => {
      await new Promise((resolve) => setImmediate(resolve));
      order.push(`request ${method} ${path} ${fake.instances.size}`);
    };
    fake.onEffect = async ({ segments }, reply) => {
      await new Promise((resolve) => setImmediate(resolve));
      during = new Set(fake.instances.keys());
      order.push(`effect ${segments.join('/')} ${reply.status}`);
    };
    const answer = await call(fake.url, 'POST', '/1.0/instances', newContainer);
    order.push(`answer ${answer.status}`);
    expect(order).toEqual(['request POST /1.0/instances 0', 'effect instances 202', 'answer 202']);
    expect(during).toEqual(new Set(['web']));
  });

  it('has no effect if the hook before it kills the caller, and has it if the hook after it does', async () => {
    fake.onRequest = () => Promise.reject(new Error('killed'));
    await expect(call(fake.url, 'POST', '/1.0/instances', newContainer)).rejects.toThrow();
    expect(fake.instances.size).toBe(0);
    fake.onRequest = undefined;
    fake.onEffect = () => Promise.reject(new Error('killed'));
    await expect(call(fake.url, 'POST', '/1.0/instances', newContainer)).rejects.toThrow();
    expect([...fake.instances.keys()]).toEqual(['web']);
  });

  it('counts what was asked', async () => {
    await call(fake.url, 'GET', '/1.0/instances');
    await call(fake.url, 'GET', '/1.0/instances/a/state');
    await call(fake.url, 'GET', '/1.0/instances/b/state');
    expect(fake.counts.of('GET', '/1.0/instances')).toBe(1);
    expect(fake.counts.of('GET', /\/state$/)).toBe(2);
    expect(fake.counts.total).toBe(3);
  });

  it('answers nonsense as LXD does', async () => {
    expect((await call(fake.url, 'GET', '/nowhere')).status).toBe(404);
    expect(await call(fake.url, 'GET', '/1.0/instances/%E0%A4%A')).toMatchObject({ status: 400 });
    expect(await call(fake.url, 'PUT', '/1.0/instances/a/state', 'no object')).toMatchObject({ status: 404 });
  });

  it('lists a thousand containers fast enough to scan them in a loop', async () => {
    for (let index = 0; index < 1_000; index += 1) fake.addInstance(`c${index}`, { status: 'Running' });
    await call(fake.url, 'GET', '/1.0/instances?recursion=2');
    const began = performance.now();
    const { text } = await call(fake.url, 'GET', '/1.0/instances?recursion=2');
    expect(performance.now() - began).toBeLessThan(3_000);
    const answer = JSON.parse(text) as { metadata: { state: { network: { eth1: { addresses: unknown[] } } } }[] };
    expect(answer.metadata).toHaveLength(1_000);
    expect(answer.metadata[999]?.state.network.eth1.addresses).toHaveLength(2);
  });
});

describe('the fake as a process of its own', () => {
  let child: ChildProcess;
  afterEach(() => child.kill('SIGKILL'));

  it('says where it is, obeys, and goes with its parent', async () => {
    const main = join(__dirname, '../src/fake-lxd.main.ts');
    const env = { ...process.env, FAKE_LXD_INSTANCES: '3' };
    child = spawn(process.execPath, ['-r', 'esbuild-register', main], { env, stdio: ['pipe', 'pipe', 'inherit'] });
    const { stdin, stdout } = child;
    if (stdin === null || stdout === null) throw new Error('no pipes');
    const lines = createInterface({ input: stdout })[Symbol.asyncIterator]();
    const next = async (): Promise<unknown> => JSON.parse(String((await lines.next()).value));
    const hello = (await next()) as { url: string; fingerprint: string; trustPassword: string };
    expect(hello.fingerprint).toMatch(/^[0-9a-f]{64}$/);
    const join_ = { type: 'client', name: 'x', password: hello.trustPassword };
    expect(await call(hello.url, 'POST', '/1.0/certificates', join_)).toMatchObject({ status: 201 });
    const list = JSON.parse((await call(hello.url, 'GET', '/1.0/instances')).text) as { metadata: string[] };
    expect(list.metadata).toEqual(['/1.0/instances/c1', '/1.0/instances/c2', '/1.0/instances/c3']);
    stdin.write(`${JSON.stringify({ do: 'inject', fault: { kind: 'status', status: 503, error: 'later' } })}\n`);
    await next();
    expect(await call(hello.url, 'GET', '/1.0')).toMatchObject({ status: 503 });
    stdin.end();
    await once(child, 'exit');
    expect(child.exitCode).toBe(0);
  });
});
