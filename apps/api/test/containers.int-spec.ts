import { ApiUnderTest } from './api-under-test';
import type { Browser } from './browser';

let api: ApiUnderTest;
let admin: Browser;
let owner: Browser & { userId: string };
let viewer: Browser & { userId: string };
let hostId: string;
let projectId: string;
beforeAll(async () => {
  api = await ApiUnderTest.start();
  admin = await api.signedIn('admin', true);
  owner = await api.signedIn('owner');
  viewer = await api.signedIn('viewer');
  hostId = await api.seeds.host('host1');
  projectId = await api.seeds.project('team', { [owner.userId]: 'owner', [viewer.userId]: 'viewer' });
});
afterAll(() => api.stop());

const create = (body: object, by: Browser = owner, key?: string) =>
  by.post('/api/containers', { hostId, image: 'debian', ...body }, key);

describe('creating', () => {
  it('is accepted with an operation, and everybody of the project sees it at once', async () => {
    const { body: operation, headers } = await create({ name: 'Web1', projectId, description: 'a *site*' }).expect(202);
    expect(headers['location']).toBe(`/api/operations/${operation.id}`);
    expect(operation).toEqual({
      id: expect.any(String),
      type: 'container.create',
      status: 'Pending',
      target: { kind: 'container', id: expect.any(String), name: 'Web1' },
      steps: [],
      progress: null,
      error: null,
      requestedBy: { id: owner.userId, username: 'owner' },
      createdAt: expect.any(String),
      startedAt: null,
      finishedAt: null,
    });
    const { body: detail } = await viewer.get(`/api/containers/${operation.target.id}`).expect(200);
    expect(detail).toMatchObject({
      name: 'Web1',
      fqdn: 'web1.ct.example.org',
      status: 'Creating',
      pending: true,
      project: { id: projectId, name: 'team' },
      host: { id: hostId, name: 'host1' },
      image: 'debian',
      nesting: false,
      error: null,
      generation: 1,
      observedGeneration: 0,
      hwaddr: { eth0: expect.stringMatching(/^00:16:3e(:[0-9a-f]{2}){3}$/), eth1: expect.stringMatching(/^00:16:3e/) },
      sshCommand: null,
      hostKeys: [],
    });
    expect(detail).not.toHaveProperty('stale');
    expect(detail.operations).toEqual([operation]);
    expect(detail.hwaddr.eth0).not.toBe(detail.hwaddr.eth1);
    expect(detail.networkConfig).toContain(detail.hwaddr.eth1);
    const { body: same } = await viewer.get(headers['location'] ?? '').expect(200);
    expect(same).toEqual(operation);
  });

  it('makes a project of its own when none is named, under a free name', async () => {
    await api.seeds.project('solo');
    const { body } = await create({ name: 'solo' }).expect(202);
    const { body: detail } = await owner.get(`/api/containers/${body.target.id}`).expect(200);
    expect(detail.project.name).toBe('solo-2');
    const { body: project } = await owner.get(`/api/projects/${detail.project.id}`).expect(200);
    expect(project).toMatchObject({ role: 'owner', containers: 1, members: [{ userId: owner.userId, role: 'owner' }] });
    await viewer.get(`/api/containers/${body.target.id}`).expect(404);
  });

  it('takes the fingerprint of an image too', () =>
    create({ name: 'byprint', projectId, image: 'AB'.repeat(32) }).expect(202));

  it.each([
    ['of the same case', 'Taken'],
    ['of another case', 'tAKEN'],
  ])('refuses a name that is taken, %s', async (_case, name) => {
    if (name === 'Taken') await api.seeds.container('taken', { hostId, projectId });
    const before = await api.rowCounts();
    const { body } = await create({ name }).expect(409);
    expect(body).toMatchObject({ code: 'name-taken', errors: [{ field: 'name' }] });
    expect(await api.rowCounts()).toEqual(before);
  });

  it('refuses the name of an adopted container', async () => {
    await api.seeds.container('foundling', { hostId, projectId: null }, { adopted: true, generation: 1 });
    await create({ name: 'Foundling' }).expect(409);
  });

  it.each([
    ['a host on its way out', { deleted: true }],
    ['a host that does not trust us', { trusted: false }],
  ])('refuses %s', async (name, state) => {
    const id = await api.seeds.host(name.replace(/ /g, '-'), state);
    const { body } = await create({ name: 'nowhere', hostId: id }).expect(400);
    expect(body.errors[0].field).toBe('hostId');
  });

  it('is not for viewers of the project', async () => {
    const before = await api.rowCounts();
    const { body } = await create({ name: 'sneaky', projectId }, viewer).expect(403);
    expect(body.code).toBe('forbidden');
    expect(await api.rowCounts()).toEqual(before);
  });
});

describe('acting', () => {
  it.each([
    ['start', 'Stopped', 'Starting'],
    ['stop', 'Running', 'Stopping'],
    ['restart', 'Running', 'Restarting'],
  ])('%s shows %s → %s as soon as it is accepted', async (action, observed, shown) => {
    const id = await api.seeds.container(`act-${action}`, { hostId, projectId }, { observed });
    const { body } = await owner.put(`/api/containers/${id}/state`, { action, timeoutSeconds: 5 }).expect(202);
    expect(body).toMatchObject({ type: `container.${action}`, status: 'Pending', target: { id } });
    const { body: detail } = await viewer.get(`/api/containers/${id}`).expect(200);
    expect(detail).toMatchObject({ status: shown, pending: true, generation: 2, observedGeneration: 1 });
    await viewer.put(`/api/containers/${id}/state`, { action }).expect(403);
    await viewer.delete(`/api/containers/${id}`).expect(403);
  });

  it('on a container that is being deleted is refused in plain words', async () => {
    const id = await api.seeds.container('goner', { hostId, projectId });
    const { body } = await owner.delete(`/api/containers/${id}?force=true`).expect(202);
    expect(body.type).toBe('container.delete');
    expect((await viewer.get(`/api/containers/${id}`)).body.status).toBe('Deleting');
    const again = await owner.put(`/api/containers/${id}/state`, { action: 'start' }).expect(409);
    expect(again.body).toMatchObject({ code: 'conflict', detail: expect.stringContaining('"goner" is being deleted') });
    await owner.delete(`/api/containers/${id}`).expect(409);
    await api.db.query('UPDATE containers SET removed_at = now() WHERE id = $1', [id]);
    await owner.delete(`/api/containers/${id}`).expect(404);
    await owner.get(`/api/containers/${id}`).expect(404);
    await owner.get(`/api/operations/${body.id}`).expect(200);
  });

  it('works on an adopted container, for admins', async () => {
    const id = await api.seeds.container(
      'adopted',
      { hostId, projectId: null },
      { adopted: true, observed: 'Stopped' },
    );
    await owner.put(`/api/containers/${id}/state`, { action: 'start' }).expect(404);
    await admin.put(`/api/containers/${id}/state`, { action: 'start' }).expect(202);
    expect((await admin.get(`/api/containers/${id}`)).body).toMatchObject({ status: 'Starting', project: null });
  });

  it('never shows a private host key', async () => {
    const id = await api.seeds.container('keyed', { hostId, projectId });
    await api.db.query(
      `INSERT INTO ssh_host_keys (container_id, type, public_key, private_key_sealed, fingerprint) VALUES ($1, 'ed25519', 'ssh-ed25519 AAAA', 'v1.sealed.secret', 'SHA256:x')`,
      [id],
    );
    const { body, text } = await owner.get(`/api/containers/${id}`).expect(200);
    expect(body.hostKeys).toEqual([{ type: 'ed25519', publicKey: 'ssh-ed25519 AAAA', fingerprint: 'SHA256:x' }]);
    expect(body.vendorDataPreview).toContain('ed25519_private: "…"');
    expect(text).not.toContain('sealed');
    expect(body.sshCommand).toBe('ssh root@keyed.ct.example.org');
  });
});

describe('listing', () => {
  let listing: string;
  let other: string;
  const names = async (query: string, by: Browser = owner): Promise<string[]> =>
    (await by.get(`/api/containers?projectId=${listing}&${query}`).expect(200)).body.items.map(
      (item: { name: string }) => item.name,
    );
  beforeAll(async () => {
    other = await api.seeds.host('other-host');
    listing = await api.seeds.project('listing', { [owner.userId]: 'viewer' });
    await api.seeds.container('alpha', { hostId, projectId: listing });
    await api.seeds.container('Bravo', { hostId: other, projectId: listing }, { observed: 'Stopped' });
    await api.seeds.container('charlie', { hostId, projectId: listing }, { observed: 'Frozen' });
  });

  it.each([
    ['sort=name', ['alpha', 'Bravo', 'charlie']],
    ['sort=-name', ['charlie', 'Bravo', 'alpha']],
    ['sort=createdAt', ['alpha', 'Bravo', 'charlie']],
    ['sort=-createdAt', ['charlie', 'Bravo', 'alpha']],
    ['sort=status', ['charlie', 'alpha', 'Bravo']],
    ['sort=-status', ['Bravo', 'alpha', 'charlie']],
    ['sort=-host', ['Bravo', 'alpha', 'charlie']],
    ['sort=name&pageSize=2', ['alpha', 'Bravo']],
    ['sort=name&pageSize=2&page=2', ['charlie']],
    ['sort=status&pageSize=1&page=3', ['Bravo']],
    ['page=9', []],
    ['status=Stopped', ['Bravo']],
    ['status=Deleting', []],
    ['status=&filter=', ['alpha', 'Bravo', 'charlie']],
    ['filter=RAV', ['Bravo']],
    ['filter=other-host', ['Bravo']],
    ['filter=10.0.0.1', ['alpha', 'Bravo', 'charlie']],
  ])('?%s', async (query, expected) => expect(await names(query)).toEqual(expected));

  it('narrows to a host, and counts all pages', async () => {
    const { body } = await owner.get(`/api/containers?hostId=${other}&pageSize=1`).expect(200);
    expect(body).toMatchObject({ total: 1, page: 1, pageSize: 1, items: [{ name: 'Bravo' }] });
    const page = await owner.get(`/api/containers?projectId=${listing}&pageSize=1&status=Running`).expect(200);
    expect(page.body).toMatchObject({ total: 1 });
  });

  it('marks what may be out of date, with its age and never as gone; only admins read why', async () => {
    await api.db.query(`UPDATE hosts SET observed_error = 'connect EHOSTUNREACH 192.0.2.7:8443' WHERE id = $1`, [
      other,
    ]);
    const [asOwner, asAdmin] = await Promise.all([owner, admin].map((by) => by.get(`/api/containers?hostId=${other}`)));
    expect(asOwner?.body.items[0]).toMatchObject({
      status: 'Stopped',
      stale: true,
      statusDetail: 'The host cannot be reached.',
      observedAt: expect.any(String),
    });
    expect(asAdmin?.body.items[0]).toMatchObject({ statusDetail: 'connect EHOSTUNREACH 192.0.2.7:8443' });
  });
});
