import { StatusCode, type EventStreamItem } from '../../src/index';
import { selfSigned } from '@lxdm/testing';
import { eventually, patienceMs, type Bench } from './target';

/** A container that does not react to the request to shut down: systemd starts nothing on this signal. */
const stubborn = { config: { 'raw.lxc': 'lxc.signal.halt = SIGWINCH' } };

/** Waiting, giving up, forgetting; and the event stream. */
export function describeOperations(bench: () => Bench): void {
  describe('operations and events', () => {
    it('answers with an operation that can be followed to its end, and forgets it afterwards', async () => {
      const name = bench().name();
      const begun = await bench().host.instances.create(bench().request(name));
      expect(begun).toMatchObject({ class: 'task', description: 'Creating instance', status_code: StatusCode.Running });
      expect(begun.resources).toMatchObject({ instances: [`/1.0/instances/${name}`] });
      const result = await bench().wait(begun);
      expect(result).toMatchObject({
        outcome: 'success',
        operation: { id: begun.id, status: 'Success', status_code: 200, err: '' },
      });
      expect(await bench().host.operations.wait(begun.id, { deadlineMs: patienceMs })).toMatchObject({
        outcome: 'success',
      });
      await eventually(
        () => bench().host.operations.wait(begun.id, { deadlineMs: 1_000 }),
        ({ outcome }) => outcome === 'gone',
      );
      await expect(bench().host.operations.get(begun.id)).rejects.toMatchObject({ kind: 'not-found', status: 404 });
    });

    it('lets us stop waiting while a container does not obey, holds it meanwhile, and then says why', async () => {
      const name = await bench().create(stubborn);
      await bench().start(name);
      const { instances, operations } = bench().host;
      const stop = await instances.setState(name, { action: 'stop', timeout: 4 });
      expect(await operations.wait(stop, { deadlineMs: 1_200, sliceSeconds: 1 })).toMatchObject({
        outcome: 'deadline',
      });
      await expect(operations.cancel(stop.id)).rejects.toMatchObject({
        lxdMessage: "This operation can't be cancelled",
      });
      expect(await bench().wait(await instances.setState(name, { action: 'start' }))).toMatchObject({
        outcome: 'failure',
        error: { kind: 'conflict', lxdMessage: 'The instance is already running' },
      });
      await expect(instances.patch(name, { config: { 'user.a': '1' } })).rejects.toMatchObject({
        kind: 'busy',
        lxdMessage: 'Failed to create instance update operation: Instance is busy running a "stop" operation',
      });
      const result = await bench().wait(stop);
      if (result.outcome !== 'failure') throw new Error(`it obeyed: ${result.outcome}`);
      expect(result.error).toMatchObject({
        kind: 'operation-failed',
        lxdMessage: 'Failed shutting down instance, status is "Running": shutting down the container failed',
      });
      expect((await instances.getState(name)).status).toBe('Running');
    });

    it('lets force overtake a stop that waits', async () => {
      const name = await bench().create(stubborn);
      await bench().start(name);
      const { instances } = bench().host;
      const patient = await instances.setState(name, { action: 'stop', timeout: 50 });
      await bench().done(instances.setState(name, { action: 'stop', force: true }));
      expect(await bench().wait(patient)).toMatchObject({ outcome: 'success' });
      expect((await instances.getState(name)).status).toBe('Stopped');
    });

    it('tells its listeners what happens', async () => {
      const seen: EventStreamItem[] = [];
      const stream = bench().host.events();
      const reading = (async (): Promise<void> => {
        for await (const item of stream) seen.push(item);
      })();
      const has = (test: (item: EventStreamItem) => boolean): Promise<boolean> =>
        eventually(
          () => Promise.resolve(seen.some(test)),
          (there) => there,
        );
      await has((item) => item.kind === 'connected');
      const name = await bench().create();
      await bench().done(bench().host.instances.delete(name));
      for (const action of ['instance-created', 'instance-deleted']) {
        await has(
          (item) =>
            item.kind === 'event' &&
            item.event.type === 'lifecycle' &&
            item.event.metadata.action === action &&
            item.event.metadata.source === `/1.0/instances/${name}`,
        );
      }
      await has(
        (item) =>
          item.kind === 'event' &&
          item.event.type === 'operation' &&
          item.event.metadata.status_code === StatusCode.Success &&
          item.event.metadata.resources?.['instances']?.includes(`/1.0/instances/${name}`) === true,
      );
      await stream.close();
      await reading;
    });

    it('does not tell strangers', async () => {
      const stranger = bench().connect(selfSigned('stranger'));
      for await (const item of stranger.events()) {
        expect(item).toMatchObject({ kind: 'disconnected', reason: { kind: 'not-trusted', status: 403 } });
        break;
      }
      await stranger.close();
    });

    it('lists its images and networks', async () => {
      const images = await bench().host.images.list();
      expect(images.flatMap(({ aliases }) => aliases.map((alias) => alias.name))).toContain(bench().target.image);
      expect(images[0]).toMatchObject({ type: 'container', architecture: 'x86_64' });
      await expect(bench().host.images.get('00'.repeat(32))).rejects.toMatchObject({
        kind: 'not-found',
        lxdMessage: 'Image not found',
      });
      const networks = await bench().host.networks.list();
      expect(networks).toEqual(
        expect.arrayContaining([expect.objectContaining({ name: 'lxdextern', managed: false })]),
      );
      expect((await bench().host.resources()).memory.total).toBeGreaterThan(0);
    });
  });
}
