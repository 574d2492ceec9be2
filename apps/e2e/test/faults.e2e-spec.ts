import { execFileSync } from 'node:child_process';
import { Api, OperationDto } from '../src/api';
import { eventually } from '../src/eventually';
import { expectInvariants, identities } from '../src/invariants';
import { Lab, lab as labCommand, labStatus, removeInstances } from '../src/lab';
import { Manager } from '../src/manager';

jest.setTimeout(300_000);

const PREFIX = 'e2ef-';

describe('faults, on the real thing', () => {
  let lab: Lab;
  let manager: Manager;
  let api: Api;
  let hosts: { id: string; name: string }[];

  const create = (name: string, host: { id: string } | undefined): Promise<OperationDto> =>
    api.begin('POST', '/containers', { name: `${PREFIX}${name}`, hostId: host?.id, image: lab.image });
  const idOf = async (name: string): Promise<string> => (await api.containers(`&filter=${PREFIX}${name}`))[0]?.id ?? '';
  const allSucceed = async (operations: OperationDto[]): Promise<void> => {
    for (const operation of operations) expect(await api.ended(operation)).toMatchObject({ status: 'Success' });
  };

  beforeAll(async () => {
    lab = labStatus();
    for (const host of lab.hosts) removeInstances(host.name, PREFIX);
    manager = await Manager.start();
    api = await manager.signedIn();
    await manager.addHosts(api, lab);
    hosts = await Promise.all(lab.hosts.map(({ name }) => api.host(name)));
    await allSucceed([await create('one', hosts[0]), await create('two', hosts[1])]);
  });

  afterAll(async () => {
    await manager?.remove();
    for (const host of lab.hosts) removeInstances(host.name, PREFIX);
  });

  it.each(['Make host keys', 'Create', 'Start'])(
    'the worker is killed while it is at "%s" of a create: it ends right',
    async (step) => {
      const name = `k${step.length}`;
      const operation = await create(name, hosts[0]);
      await eventually(`the step ${step}`, async () => {
        const { body } = await api.call<OperationDto>('GET', `/operations/${operation.id}`);
        return body.steps.at(-1)?.name === step || body.status === 'Success' || undefined;
      });
      manager.kill('worker');
      await allSucceed([operation]);
      await expectInvariants(manager, api, lab, PREFIX);
    },
  );

  it('the worker is killed in the middle of a restart, a stop, a start and a deletion', async () => {
    const id = await idOf('one');
    for (const [action, step] of [
      ['restart', 'Stop'],
      ['stop', 'Stop'],
      ['start', 'Start'],
    ] as const) {
      const operation = await api.begin('PUT', `/containers/${id}/state`, { action, timeoutSeconds: 60 });
      await eventually(`the step ${step}`, async () => {
        const { body } = await api.call<OperationDto>('GET', `/operations/${operation.id}`);
        return body.steps.at(-1)?.name === step || body.status === 'Success' || undefined;
      });
      manager.kill('worker');
      await allSucceed([operation]);
    }
    const deletion = await api.begin('DELETE', `/containers/${await idOf('k5')}`);
    await eventually(
      'the deletion to begin',
      async () =>
        (await api.call<OperationDto>('GET', `/operations/${deletion.id}`)).body.steps.length > 0 || undefined,
    );
    manager.kill('worker');
    await allSucceed([deletion]);
    await expectInvariants(manager, api, lab, PREFIX);
  });

  it('Redis is flushed with actions outstanding', async () => {
    const before = await identities(manager, PREFIX);
    const ids = [await idOf('one'), await idOf('two')];
    const operations = [];
    for (const id of ids)
      operations.push(await api.begin('PUT', `/containers/${id}/state`, { action: 'restart', timeoutSeconds: 60 }));
    operations.push(await create('flushed', hosts[1]));
    flushRedis(manager);
    await allSucceed(operations);
    await expectInvariants(manager, api, lab, PREFIX);
    expect(await identities(manager, PREFIX)).toEqual(expect.arrayContaining(before));
  });

  it('Postgres is restarted with actions outstanding', async () => {
    const operations = [
      await create('restarted', hosts[0]),
      await api.begin('PUT', `/containers/${await idOf('two')}/state`, { action: 'stop', timeoutSeconds: 60 }),
    ];
    manager.restartPostgres();
    await eventually(
      'the api to answer again',
      async () => (await api.ask('GET', '/health/ready')).status === 200 || undefined,
    );
    await allSucceed(operations);
    await expectInvariants(manager, api, lab, PREFIX);
  });

  it('a host that hangs holds up no other; its containers show their age; it recovers by itself', async () => {
    const [hung, other] = hosts;
    if (!hung || !other) throw new Error('The lab needs two hosts.');
    const onHung = await idOf('one');
    labCommand('pause', hung.name);
    try {
      const waiting = await api.begin('PUT', `/containers/${onHung}/state`, { action: 'restart', timeoutSeconds: 60 });
      await allSucceed([await create('meanwhile', other)]);
      const stale = await eventually('the container to show its age', async () => {
        const container = await api.container(onHung);
        return container.stale ? container : undefined;
      });
      expect(stale.observedAt).toBeDefined();
      expect(await api.host(hung.name)).toMatchObject({ state: 'Unreachable' });
      expect((await api.call<OperationDto>('GET', `/operations/${waiting.id}`)).body).toMatchObject({
        status: expect.stringMatching(/Pending|Running/) as string,
      });
      labCommand('resume', hung.name);
      await allSucceed([waiting]);
      await eventually('the host to be Online', async () =>
        (await api.host(hung.name)).state === 'Online' ? true : undefined,
      );
      const again = await api.container(onHung);
      expect([again.status, again.stale ?? false]).toEqual(['Running', false]);
    } finally {
      labCommand('resume', hung.name);
    }
    await expectInvariants(manager, api, lab, PREFIX);
  });

  it('all four processes are killed at once under load', async () => {
    const operations = [
      await create('load1', hosts[0]),
      await create('load2', hosts[1]),
      await api.begin('DELETE', `/containers/${await idOf('meanwhile')}`),
    ];
    for (const name of ['api', 'worker', 'scheduler', 'dns'] as const) manager.kill(name);
    await eventually(
      'the api to answer again',
      async () => (await api.ask('GET', '/health/ready')).status === 200 || undefined,
      90_000,
    );
    await allSucceed(operations);
    await expectInvariants(manager, api, lab, PREFIX);
  });
});

function flushRedis(manager: Manager): void {
  const { hostname, port, password } = new URL(manager.environmentOf('worker', 'REDIS_URL'));
  execFileSync('redis-cli', ['-h', hostname, '-p', port, 'FLUSHALL'], {
    env: { ...process.env, REDISCLI_AUTH: decodeURIComponent(password) },
  });
}
