import type { InstancesPost } from '../../src/index';
import { Bench, patienceMs, type ContractTarget } from './target';

/** Two hosts that can reach each other, and the source's certificate in PEM. */
export interface ContractPair {
  readonly from: ContractTarget;
  readonly to: ContractTarget;
}

/** A stopped container goes to another, independent host and stays who it is (pull migration, then delete at the source). */
export function describeLxdMove(title: string, open: () => Promise<ContractPair>): void {
  describe(title, () => {
    let benches: [Bench, Bench];
    let pair: ContractPair;
    jest.setTimeout(2 * patienceMs);
    beforeAll(async () => {
      pair = await open();
      benches = [new Bench(pair.from), new Bench(pair.to)];
      await Promise.all(benches.map((bench) => bench.trust()));
    }, patienceMs);
    afterAll(async () => {
      await Promise.all(benches.map((bench) => bench.clean()));
      await Promise.all([pair.from.close(), pair.to.close()]);
    }, patienceMs);

    it('keeps its config, files, MAC and address; the source keeps its copy until it is told', async () => {
      const [source, target] = benches;
      const name = await source.create({ config: { 'user.lxd-manager.id': '42' }, description: 'moved' });
      target.adopt(name);
      await source.start(name);
      await source.booted(name);
      await source.host.files.write(name, '/root/note', 'hello');
      await source.done(source.host.instances.setState(name, { action: 'stop', force: true }));

      const { value } = await source.host.instances.get(name);
      const offer = await source.host.instances.beginMigration(name);
      const { environment } = await source.host.server();
      const { architecture, config, devices, profiles, description } = value;
      const request: InstancesPost = {
        name,
        type: 'container',
        architecture,
        config,
        devices,
        profiles,
        description,
        source: {
          type: 'migration',
          mode: 'pull',
          operation: `${source.host.url}/1.0/operations/${offer.id}`,
          certificate: environment?.certificate ?? '',
          secrets: Object.fromEntries(
            Object.entries(offer.metadata ?? {}).map(([key, secret]) => [key, String(secret)]),
          ),
        },
      };
      await expect(target.host.instances.create({ ...request, architecture: undefined })).rejects.toMatchObject({
        kind: 'bad-request',
        lxdMessage: "Architecture isn't supported: ",
      });
      const begun = await target.host.instances.create(request);
      expect(await target.wait(begun)).toMatchObject({ outcome: 'success' });
      expect((await source.wait(offer)).outcome).toMatch(/^(success|gone)$/);
      expect(await source.host.instances.exists(name)).toBe(true);

      const moved = (await target.host.instances.get(name)).value;
      expect(moved).toMatchObject({ description: 'moved', config: { 'user.lxd-manager.id': '42' } });
      expect(moved.config['volatile.eth1.hwaddr']).toBe(value.config['volatile.eth1.hwaddr']);
      expect((await target.host.files.read(name, '/root/note'))?.toString('utf8')).toBe('hello');
      await source.done(source.host.instances.delete(name));
      await target.start(name);
      const state = await target.booted(name);
      expect(state.network?.['eth1']?.hwaddr).toBe(value.config['volatile.eth1.hwaddr']);
    });
  });
}
