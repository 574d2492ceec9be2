import { failure, makeRig, type Rig } from './rig';

describe('waiting for an operation', () => {
  let rig: Rig;
  beforeEach(async () => {
    rig = await makeRig({ timings: { startMs: 1_500, operationTtlMs: 50 } });
    rig.fake.addInstance('web');
  });
  afterEach(() => rig.close());

  it('takes as many slices as it needs', async () => {
    const host = rig.connect();
    const begun = await host.instances.setState('web', { action: 'start' });
    const result = await host.operations.wait(begun, { deadlineMs: 10_000, sliceSeconds: 1 });
    expect(result).toMatchObject({ outcome: 'success' });
    expect(rig.fake.counts.of('GET', /\/wait$/)).toBe(2);
  });

  it('says gone where LXD restarted meanwhile, and a wait by id alone does so too', async () => {
    const host = rig.connect();
    const begun = await host.instances.setState('web', { action: 'start' });
    rig.fake.operations.forgetAll();
    expect(await host.operations.wait(begun, { deadlineMs: 5_000 })).toEqual({ outcome: 'gone' });
    expect(await host.operations.wait(begun.id, { deadlineMs: 5_000 })).toEqual({ outcome: 'gone' });
  });

  it('throws when the host breaks away, for the caller to observe again', async () => {
    const host = rig.connect();
    const begun = await host.instances.setState('web', { action: 'start' });
    const waiting = failure(host.operations.wait(begun, { deadlineMs: 5_000 }));
    rig.fake.onRequest = () => rig.fake.restart();
    await failure(host.server());
    expect(await waiting).toMatchObject({ retryable: true });
  });

  it('ends at its deadline, and at the caller’s signal', async () => {
    const host = rig.connect();
    const begun = await host.instances.setState('web', { action: 'start' });
    expect(await host.operations.wait(begun, { deadlineMs: 0 })).toMatchObject({
      outcome: 'deadline',
      operation: { id: begun.id },
    });
    const stop = new AbortController();
    const waiting = failure(host.operations.wait(begun, { deadlineMs: 5_000, signal: stop.signal }));
    stop.abort();
    expect(await waiting).toMatchObject({ kind: 'cancelled' });
  });

  it('understands servers that end a slice with an error', async () => {
    const host = rig.connect();
    const begun = await host.instances.setState('web', { action: 'start' });
    rig.fake.inject({ kind: 'status', status: 500, error: 'context deadline exceeded' }, { path: /\/wait$/, times: 2 });
    expect(await host.operations.wait(begun, { deadlineMs: 10_000 })).toMatchObject({ outcome: 'success' });
  });

  it('reports progress once a change', async () => {
    const host = rig.connect();
    const begun = await host.instances.setState('web', { action: 'start' });
    const seen: string[] = [];
    await host.operations.wait(begun, {
      deadlineMs: 10_000,
      sliceSeconds: 1,
      onProgress: ({ status }) => seen.push(status),
    });
    expect(seen).toEqual(['Success']);
  });

  it('knows a cancelled one', async () => {
    const host = rig.connect();
    const offer = await host.instances.beginMigration('web');
    expect(offer).toMatchObject({ class: 'websocket', may_cancel: true });
    await host.operations.cancel(offer.id);
    expect(await host.operations.wait(offer, { deadlineMs: 1_000 })).toMatchObject({ outcome: 'cancelled' });
  });
});

describe('the secrets of a move', () => {
  it('work once, and a failed move leaves nothing behind', async () => {
    const [from, to] = [await makeRig(), await makeRig()];
    const [source, target] = [from.connect(), to.connect()];
    from.fake.addInstance('web');
    const offer = await source.instances.beginMigration('web');
    const request = {
      name: 'web',
      type: 'container',
      architecture: 'x86_64',
      source: {
        type: 'migration',
        mode: 'pull',
        operation: `${source.url}/1.0/operations/${offer.id}`,
        certificate: from.fake.certificate,
        secrets: offer.metadata as Record<string, string>,
      },
    } as const;
    const begun = await target.instances.create(request);
    expect(await target.operations.wait(begun, { deadlineMs: 5_000 })).toMatchObject({ outcome: 'success' });
    const again = await target.instances.create({ ...request, name: 'again' });
    expect(await target.operations.wait(again, { deadlineMs: 5_000 })).toMatchObject({ outcome: 'failure' });
    expect(to.fake.instances.has('again')).toBe(false);
    await Promise.all([from.close(), to.close()]);
  });
});
