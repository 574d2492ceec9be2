import type { InstancesPost } from '../../src/index';
import type { Bench } from './target';

const image = (alias: string): InstancesPost['source'] => ({ type: 'image', alias });

/** What LXD refuses, when (at once or in the operation) and in which words. */
export function describeRefusals(bench: () => Bench): void {
  describe('refusals', () => {
    const nobody = 'contract-nobody';
    const missing: [string, () => Promise<unknown>][] = [
      ['read', () => bench().host.instances.get(nobody)],
      ['state', () => bench().host.instances.getState(nobody)],
      ['start', () => bench().host.instances.setState(nobody, { action: 'start' })],
      ['delete', () => bench().host.instances.delete(nobody)],
    ];
    it.each(missing)('a container that is not there: %s', async (_what, call) => {
      await expect(call()).rejects.toMatchObject({ kind: 'not-found', status: 404, lxdMessage: 'Instance not found' });
    });

    it.each([
      ['a_b', 'Invalid instance name: Name can only contain alphanumeric and hyphen characters'],
      ['ä', 'Invalid instance name: Name can only contain alphanumeric and hyphen characters'],
      ['a.b', 'Invalid instance name: Name can only contain alphanumeric and hyphen characters'],
      ['9abc', 'Invalid instance name: Name must not start with a number'],
      ['-abc', 'Invalid instance name: Name must not start with "-" character'],
      ['abc-', 'Invalid instance name: Name must not end with "-" character'],
      ['a'.repeat(64), 'Invalid instance name: Name must be 1-63 characters long'],
      ['a/b', 'The character "/" is reserved for snapshots'],
    ])('the name %s', async (name, words) => {
      await expect(bench().host.instances.create(bench().request(name))).rejects.toMatchObject({
        kind: 'bad-request',
        status: 400,
        lxdMessage: words,
      });
    });

    const atOnce: [string, Partial<InstancesPost>, object][] = [
      [
        'an alias that no image has',
        { source: image('nope') },
        { kind: 'not-found', lxdMessage: 'Image alias not found' },
      ],
      [
        'a profile that does not exist',
        { profiles: ['nope'] },
        { kind: 'bad-request', lxdMessage: 'Requested profile "nope" doesn\'t exist' },
      ],
    ];
    it.each(atOnce)('%s, at once', async (_what, more, error) => {
      await expect(bench().host.instances.create(bench().request(bench().name(), more))).rejects.toMatchObject(error);
    });

    const inOperation: [string, Partial<InstancesPost>, string, string][] = [
      [
        'a fingerprint that no image has',
        { source: { type: 'image', fingerprint: '00'.repeat(32) } },
        'operation-failed',
        'Image not provided for instance creation',
      ],
      [
        'a config key that does not exist',
        { config: { nonsense: '1' } },
        'bad-request',
        'Failed creating instance record: Unknown configuration key: nonsense',
      ],
    ];
    it.each(inOperation)('%s, in the operation', async (_what, more, kind, words) => {
      const name = bench().name();
      const result = await bench().wait(await bench().host.instances.create(bench().request(name, more)));
      expect(result).toMatchObject({ outcome: 'failure', error: { kind, lxdMessage: words, retryable: false } });
      expect(await bench().host.instances.exists(name)).toBe(false);
    });

    it('a name that is taken, in the operation, and leaves the other one alone', async () => {
      const name = await bench().create({ config: { 'user.mine': 'yes' } });
      const result = await bench().wait(await bench().host.instances.create(bench().request(name)));
      expect(result).toMatchObject({
        outcome: 'failure',
        error: {
          kind: 'conflict',
          lxdMessage:
            'Failed creating instance record: Add instance info to the database: This "instances" entry already exists',
        },
      });
      expect((await bench().host.instances.get(name)).value.config['user.mine']).toBe('yes');
    });

    it('an unknown action and a value of the wrong type', async () => {
      const name = await bench().create();
      const { host } = bench();
      // A newer server may know actions that our types do not.
      const jump = { action: 'jump' } as unknown as Parameters<typeof host.instances.setState>[1];
      await expect(host.instances.setState(name, jump)).rejects.toMatchObject({
        kind: 'bad-request',
        lxdMessage: "Unknown action: 'jump'",
      });
      const wrong = { config: { 'user.n': 1 } } as unknown as Parameters<typeof host.instances.patch>[1];
      await expect(host.instances.patch(name, wrong)).rejects.toMatchObject({ kind: 'bad-request', status: 400 });
    });
  });
}
