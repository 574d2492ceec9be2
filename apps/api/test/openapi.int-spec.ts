import { ApiUnderTest } from './api-under-test';

type Layer = { route?: { path: string; methods: Record<string, boolean> } };
type Responses = Record<string, { description: string; content?: Record<string, { schema: { $ref?: string } }> }>;
type Document = {
  paths: Record<
    string,
    Record<string, { operationId: string; tags: string[]; responses: Responses; parameters: { name: string }[] }>
  >;
  components: { schemas: Record<string, unknown> };
};

let api: ApiUnderTest;
let document: Document;
beforeAll(async () => {
  api = await ApiUnderTest.start();
  document = (await api.anonymous().get('/api/openapi.json').expect(200)).body as Document;
});
afterAll(() => api.stop());

const operations = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, ...operation })),
  );

it('covers every route that there is', () => {
  const router = api.app.getHttpAdapter().getInstance().router as { stack: Layer[] };
  const routes = router.stack
    .flatMap(({ route }) =>
      route ? Object.keys(route.methods).map((method) => `${method} ${route.path.replace(/:(\w+)/g, '{$1}')}`) : [],
    )
    .filter((route) => /^(get|post|put|patch|delete) \/api\//.test(route) && !/\/api\/(docs|openapi)/.test(route));
  expect(routes.length).toBeGreaterThan(20);
  expect(
    operations()
      .map(({ method, path }) => `${method} ${path}`)
      .sort(),
  ).toEqual([...new Set(routes)].sort());
});

it('gives every operation a short name of its own, a tag and its problems', () => {
  const ids = operations().map(({ operationId }) => operationId);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { operationId, tags, responses, path } of operations()) {
    expect(operationId).toMatch(/^[a-z][A-Za-z]{5,25}$/);
    expect(tags).toHaveLength(1);
    const problems = Object.entries(responses).filter(([status]) => Number(status) >= 400);
    if (path.startsWith('/api/health')) continue;
    expect(problems.length).toBeGreaterThan(0);
    for (const [, { content, description }] of problems) {
      expect(content).toEqual({ 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } });
      expect(description).not.toBe('');
    }
  }
});

it('keeps the names of the contract', () => {
  expect(Object.keys(document.components.schemas)).toEqual(
    expect.arrayContaining([
      'Session',
      'Container',
      'ContainerDetail',
      'ContainerPage',
      'Operation',
      'OperationPage',
      'Host',
      'Image',
      'Project',
      'SshKey',
      'Problem',
      'CreateContainer',
      'AddHost',
      'ChangeContainerState',
      'ConfirmPin',
      'CreateProject',
      'SignIn',
      'AddSshKey',
      'Ref',
    ]),
  );
  expect(document.paths['/api/containers']?.['get']?.parameters.map(({ name }) => name).sort()).toEqual([
    'filter',
    'hostId',
    'page',
    'pageSize',
    'projectId',
    'sort',
    'status',
  ]);
});

it('serves a page to read it that loads nothing from elsewhere', async () => {
  const { text, headers } = await api.anonymous().get('/api/docs').expect(200);
  expect(text).not.toMatch(/(src|href)="https?:/);
  expect(text).not.toMatch(/<script>(?!\s*<)/);
  expect(headers['content-security-policy']).toContain("script-src 'self';");
  const scripts = [...text.matchAll(/src="\.\/([^"]+)"/g)].map(([, path]) => path);
  expect(scripts.length).toBeGreaterThan(1);
  for (const path of scripts) await api.anonymous().get(`/api/${path}`).expect(200);
});
