import { eui64 } from '@lxdm/testing';
import type { Bench } from './target';

/** The life of a container: made, started, found, changed, stopped, removed. */
export function describeLifecycle(bench: () => Bench): void {
  describe('life of a container', () => {
    it('keeps our marks and makes up the MACs', async () => {
      const name = await bench().create({ config: { 'user.lxd-manager.id': '42' }, description: 'ours' });
      const { value, etag } = await bench().host.instances.get(name);
      expect(value).toMatchObject({
        name,
        type: 'container',
        status: 'Stopped',
        status_code: 102,
        description: 'ours',
      });
      expect(value.config['user.lxd-manager.id']).toBe('42');
      expect(value.config['volatile.eth0.hwaddr']).toMatch(/^00:16:3e:[0-9a-f:]{8}$/);
      expect(value.config['volatile.eth1.hwaddr']).toMatch(/^00:16:3e:[0-9a-f:]{8}$/);
      expect(value.expanded_devices).toMatchObject({
        eth0: { type: 'nic' },
        eth1: { type: 'nic' },
        root: { type: 'disk' },
      });
      expect(etag).toMatch(/^"[0-9a-f]{64}"$/);
      const row = await bench().row(name);
      expect(row).toMatchObject({
        name,
        status: 'Stopped',
        snapshots: null,
        state: { status: 'Stopped', network: null, pid: 0 },
      });
    });

    it('has the MAC that it was given, and the address that follows from it', async () => {
      const mac = `00:16:3e:${[0, 0, 0]
        .map(() =>
          Math.floor(Math.random() * 256)
            .toString(16)
            .padStart(2, '0'),
        )
        .join(':')}`;
      const eth1 = { name: 'eth1', type: 'nic', nictype: 'bridged', parent: 'lxdextern', hwaddr: mac };
      const name = await bench().create({ devices: { eth1 } });
      await bench().start(name);
      const state = await bench().booted(name);
      expect(state).toMatchObject({ status: 'Running', status_code: 103 });
      expect(state.network?.['eth1']).toMatchObject({ hwaddr: mac, state: 'up', type: 'broadcast' });
      const global = state.network?.['eth1']?.addresses
        .filter(({ scope }) => scope === 'global')
        .map(({ address }) => address);
      expect(global).toContain(eui64('2001:db8:100:0', mac));
      expect((await bench().row(name))?.state?.network?.['eth1']?.hwaddr).toBe(mac);
    });

    it('starts once, stops once, restarts only while it runs, and is not deleted while it runs', async () => {
      const name = await bench().create();
      const { instances } = bench().host;
      const stopped = {
        outcome: 'failure',
        error: { kind: 'conflict', lxdMessage: 'The instance is already stopped' },
      };
      expect(await bench().wait(await instances.setState(name, { action: 'stop', timeout: 30 }))).toMatchObject(
        stopped,
      );
      expect(await bench().wait(await instances.setState(name, { action: 'restart', timeout: 30 }))).toMatchObject(
        stopped,
      );
      await bench().start(name);
      expect(await bench().wait(await instances.setState(name, { action: 'start' }))).toMatchObject({
        outcome: 'failure',
        error: { kind: 'conflict', lxdMessage: 'The instance is already running' },
      });
      await expect(instances.delete(name)).rejects.toMatchObject({
        kind: 'conflict',
        status: 400,
        lxdMessage: 'Instance is running',
      });
      // A request to shut down is lost on an init that has only just begun: LXD then waits in vain.
      await bench().booted(name);
      await bench().done(instances.setState(name, { action: 'restart', timeout: 30 }));
      expect((await instances.getState(name)).status).toBe('Running');
      await bench().booted(name);
      await bench().done(instances.setState(name, { action: 'stop', timeout: 30 }));
      expect(await instances.getState(name)).toMatchObject({ status: 'Stopped', network: null });
      await bench().done(instances.delete(name));
      expect(await instances.exists(name)).toBe(false);
    });

    it('is changed only by who has seen the last version', async () => {
      const name = await bench().create({ config: { 'user.a': '1' } });
      const { instances } = bench().host;
      const { value, etag = '' } = await instances.get(name);
      const put = {
        config: { ...value.config, 'user.a': '2' },
        devices: {},
        profiles: ['default'],
        description: 'two',
      };
      await bench().done(instances.update(name, put, etag));
      await expect(instances.update(name, { ...put, description: 'three' }, etag)).rejects.toMatchObject({
        kind: 'conflict',
        status: 412,
        lxdMessage: expect.stringContaining("ETag doesn't match") as string,
      });
      await expect(instances.patch(name, { description: 'four' }, etag)).rejects.toMatchObject({
        kind: 'conflict',
        status: 412,
      });
      await instances.patch(name, { config: { 'user.b': '3' } });
      const after = (await instances.get(name)).value;
      expect(after).toMatchObject({ description: 'two', config: { 'user.a': '2', 'user.b': '3' } });
      expect(after.config['volatile.eth1.hwaddr']).toBe(value.config['volatile.eth1.hwaddr']);
      await instances.patch(name, { config: { 'user.b': '' } });
      expect((await instances.get(name)).value.config['user.b'] ?? '').toBe('');
    });

    it('keeps its MACs through an edit that forgets them', async () => {
      const name = await bench().create({ config: { 'user.a': '1' }, description: 'kept' });
      const { instances } = bench().host;
      const before = (await instances.get(name)).value;
      await bench().done(instances.edit(name, () => ({ config: { 'user.a': '2' } })));
      const after = (await instances.get(name)).value;
      expect(after).toMatchObject({ description: 'kept', config: { 'user.a': '2' } });
      expect(after.config['volatile.eth1.hwaddr']).toBe(before.config['volatile.eth1.hwaddr']);
      const { etag = '' } = await instances.get(name);
      const bare = await bench().wait(
        await instances.update(name, { config: {}, devices: {}, profiles: ['default'] }, etag),
      );
      expect(bare).toMatchObject({
        outcome: 'failure',
        error: { lxdMessage: "Volatile idmap keys can't be deleted by the user" },
      });
    });

    it('runs commands and holds files', async () => {
      const name = await bench().create();
      await bench().start(name);
      const { exec, files } = bench().host;
      await files.write(name, '/root/note', 'grüße\n', { mode: 0o600 });
      expect((await files.read(name, '/root/note'))?.toString('utf8')).toBe('grüße\n');
      const ran = await exec.run(name, { command: ['cat', '/root/note'] }, { deadlineMs: 30_000 });
      expect(ran).toEqual({ exitCode: 0, stdout: 'grüße\n', stderr: '' });
      expect(await exec.run(name, { command: ['false'] }, { deadlineMs: 30_000 })).toMatchObject({ exitCode: 1 });
      await files.delete(name, '/root/note');
      expect(await files.read(name, '/root/note')).toBeUndefined();
    });
  });
}
