import { randomUUID } from 'node:crypto';
import { ApiUnderTest } from './api-under-test';
import type { Browser } from './browser';

let api: ApiUnderTest;
let admin: Browser;
let hostId: string;
beforeAll(async () => {
  api = await ApiUnderTest.start();
  admin = await api.signedIn('admin', true);
  hostId = await api.seeds.host('host1');
});
afterAll(() => api.stop());

it('sends a thousand containers in 400 kB at most', async () => {
  const crowd = await api.seeds.project('crowd');
  await api.db.query(
    `INSERT INTO containers (id, name, name_key, description, project_id, host_id, image, hwaddr_eth0, hwaddr_eth1, power, generation, observed_generation, observed_status, created_on_host_at, observed_at)
     SELECT gen_random_uuid(), 'crowd-' || n, 'crowd-' || n, 'Container number ' || n, $1, $2, 'debian', '00:16:3e:00:00:01', '00:16:3e:00:00:02', 'running', 1, 1, 'Running', now(), now() FROM generate_series(1, 1000) n`,
    [crowd, hostId],
  );
  await api.db.query(
    `INSERT INTO addresses (container_id, interface, address, family, present, observed_at)
     SELECT id, 'eth0', ('10.0.' || (row_number() OVER () / 250) || '.' || (row_number() OVER () % 250))::inet, 4, true, now() FROM containers WHERE project_id = $1
     UNION ALL SELECT id, 'eth1', ('2001:db8:100:0:216:3eff:fe00:' || to_hex(row_number() OVER ()))::inet, 6, true, now() FROM containers WHERE project_id = $1`,
    [crowd],
  );
  const answer = await fetch(`http://127.0.0.1:${api.port}/api/containers?pageSize=1000&projectId=${crowd}`, {
    headers: { Cookie: admin.cookie, 'Accept-Encoding': 'gzip' },
  });
  expect(answer.headers.get('content-encoding')).toBe('gzip');
  const { items } = (await answer.json()) as { items: unknown[] };
  expect(items).toHaveLength(1000);
  expect(await bytesOf(`/api/containers?pageSize=1000&projectId=${crowd}`)).toBeLessThanOrEqual(400_000);
});

/** How many bytes of a body really go over the wire to a client that takes gzip. */
async function bytesOf(path: string): Promise<number> {
  const { get } = await import('node:http');
  return new Promise((resolve, reject) => {
    const headers = { Cookie: admin.cookie, 'Accept-Encoding': 'gzip', 'X-Request-Id': randomUUID() };
    get({ host: '127.0.0.1', port: api.port, path, headers }, (response) => {
      let bytes = 0;
      response.on('data', (chunk: Buffer) => (bytes += chunk.length));
      response.on('end', () => resolve(bytes));
    }).on('error', reject);
  });
}
