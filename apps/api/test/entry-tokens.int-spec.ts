import { ApiUnderTest, ZONE } from './api-under-test';
import type { Browser } from './browser';

type Person = Browser & { userId: string };

let api: ApiUnderTest;
let admin: Person;
let owner: Person;
beforeAll(async () => {
  api = await ApiUnderTest.start();
  admin = await api.signedIn('root', true);
  owner = await api.signedIn('owner');
});
afterAll(() => api.stop());

let made = 0;
const make = async (template = 'TXT "%s"', wanted: object = {}): Promise<{ id: string; owner: string }> => {
  const body = { title: 'hook', template: `dyn${++made} ${template}`, owners: [owner.userId], ...wanted };
  const answer = await admin.post('/api/dynamic-entries', body).expect(201);
  return { id: answer.body.id as string, owner: `dyn${made}.${ZONE}` };
};
const tokenOf = async (id: string, wanted: object = {}): Promise<{ id: string; token: string }> => {
  const { body } = await owner.post(`/api/dynamic-entries/${id}/tokens`, { name: 'hook', ...wanted }).expect(201);
  return { id: body.details.id as string, token: body.token as string };
};
const put = (path: string, authorization: string) => api.anonymous().put(path).set('Authorization', authorization);
const records = async (name: string): Promise<string[]> => {
  const rows = await api.db.query(
    `SELECT rdata FROM zone_records WHERE owner = $1 AND source = 'dynamic' ORDER BY created_at, id`,
    [name],
  );
  return rows.map(({ rdata }: { rdata: Buffer }) => rdata.toString('latin1').slice(1));
};

describe('a token of an entry', () => {
  it('is shown once, sets its entry in every way that clients know, and opens nothing else', async () => {
    const { id, owner: name } = await make();
    const { id: other } = await make();
    const { id: tokenId, token } = await tokenOf(id);
    expect(token).toMatch(/^lxdme_[\w-]{43}$/);
    const stored = await api.db.query(
      'SELECT to_jsonb(t)::text FROM dynamic_tokens t UNION ALL SELECT to_jsonb(a)::text FROM audit_events a',
    );
    expect(JSON.stringify(stored)).not.toContain(token.slice(6));
    const basic = `Basic ${Buffer.from(`anything:${token}`).toString('base64')}`;
    for (const [index, header] of [`Token ${token}`, `Bearer ${token}`, basic].entries()) {
      const answer = await put(`/api/dynamicentry/${id}/`, header)
        .send({ value: `v${index}` })
        .expect(200);
      expect(answer.body).toMatchObject({ owners: [], values: [{ value: `v${index}` }] });
      expect(await records(name)).toEqual([`v${index}`]);
    }
    await put(`/api/dynamicentry/${other}/`, `Token ${token}`).send({ value: 'x' }).expect(404);
    for (const path of ['/api/dynamic-entries', `/api/dynamic-entries/${id}`, '/api/containers', '/api/session'])
      await api.anonymous().get(path).set('Authorization', `Token ${token}`).expect(401);
    const [act] = await api.db.query(
      `SELECT actor_id, actor_name, token_id FROM audit_events WHERE action = 'dynamic-entry.set-value' AND target_id = $1 ORDER BY seq LIMIT 1`,
      [id],
    );
    expect(act).toEqual({ actor_id: null, actor_name: 'token hook', token_id: tokenId });
    const { body } = await owner.get(`/api/dynamic-entries/${id}/tokens`).expect(200);
    expect(body).toMatchObject([{ id: tokenId, name: 'hook', state: 'active', createdBy: { name: 'owner' } }]);
    await owner.delete(`/api/dynamic-entries/${id}/tokens/${tokenId}`).expect(204);
    await put(`/api/dynamicentry/${id}/`, `Token ${token}`).send({ value: 'x' }).expect(401);
    await owner.delete(`/api/dynamic-entries/${id}/tokens/${tokenId}`).expect(404);
  });

  it.each<[string, string]>([
    ['that has expired', `UPDATE dynamic_tokens SET expires_at = now() - interval '1 second' WHERE id = $1`],
    ['from a network that it does not have', `UPDATE dynamic_tokens SET networks = '{192.0.2.0/24}' WHERE id = $1`],
    [
      'from a network that its entry does not have',
      `UPDATE dynamic_entries SET networks = '{192.0.2.0/24}' WHERE id = (SELECT entry_id FROM dynamic_tokens WHERE id = $1)`,
    ],
    [
      'whose maker owns the entry no more',
      `DELETE FROM dynamic_entry_owners WHERE entry_id = (SELECT entry_id FROM dynamic_tokens WHERE id = $1)`,
    ],
  ])('%s opens nothing', async (_case, sql) => {
    const { id, owner: name } = await make();
    const { id: tokenId, token } = await tokenOf(id);
    await api.db.query(sql, [tokenId]);
    const answer = await put(`/api/dynamicentry/${id}/`, `Token ${token}`).send({ value: 'x' }).expect(401);
    expect(answer.body.detail).toBe('This token does not open anything from here.');
    expect(await records(name)).toEqual([]);
  });

  it('opens from its networks', async () => {
    const { id } = await make('TXT "%s"', { networks: ['127.0.0.0/8'] });
    const { token } = await tokenOf(id, { networks: ['127.0.0.1', '2001:db8::/32'] });
    await put(`/api/dynamicentry/${id}/`, `Token ${token}`).send({ value: 'x' }).expect(200);
  });

  it('holds for its owners too: where an entry is set from', async () => {
    const { id } = await make('TXT "%s"', { networks: ['192.0.2.0/24'] });
    await owner.put(`/api/dynamicentry/${id}/`, { value: 'x' }).expect(403);
  });

  it.each(['Token', 'Token ', 'Basic', 'Basic !!!', 'Basic bm9jb2xvbg==', 'Digest x', `Token lxdme_${'A'.repeat(43)}`])(
    '%j is none',
    async (header) => {
      const { id } = await make();
      await put(`/api/dynamicentry/${id}/`, header).send({ value: 'x' }).expect(401);
    },
  );
});

it('whoever guesses is stopped for a while', async () => {
  const limited = await ApiUnderTest.start();
  try {
    const id = '00000000-0000-4000-8000-000000000000';
    const guess = () =>
      limited
        .anonymous()
        .put(`/api/dynamicentry/${id}/`)
        .set('Authorization', `Token lxdme_${'B'.repeat(43)}`)
        .send({ value: 'x' });
    for (let count = 0; count < 100; count++) await guess().expect(401);
    const answer = await guess().expect(429);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  } finally {
    await limited.stop();
  }
});

it('whoever comes while the database is away has guessed nothing', async () => {
  const { id } = await make();
  const { token } = await tokenOf(id);
  const set = () => put(`/api/dynamicentry/${id}/`, `Token ${token}`).send({ value: 'x' });
  await api.withoutDatabase(async () => {
    for (let count = 0; count < 100; count++) await set().expect(503);
  });
  await set().expect(200);
});
