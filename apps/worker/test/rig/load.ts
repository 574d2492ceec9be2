import type { Accepted, Container } from './container';
import { Identities, identities, outstanding, violations } from './invariants';
import { each, untilNone } from './until';
import type { World } from './world';

/** Many wishes at once, to have something under way whenever a fault comes. */
export class Load {
  private constructor(
    private readonly world: World,
    private readonly containers: readonly Container[],
    private readonly operations: readonly Accepted[],
    private readonly before: Identities,
  ) {}

  /** Thirty containers on five hosts that take their time, each with an accepted restart. */
  static async thirtyRestarts(world: World): Promise<Load> {
    const hosts = await each([1, 2, 3, 4, 5], () => world.host({ timings: { stopMs: 1_000, startMs: 1_000 } }));
    const places = hosts.flatMap((host) => Array.from({ length: 6 }, (_, index) => ({ host, index })));
    const containers = await each(places, ({ host, index }) => host.existing(`${host.name}-${index}`, 'Running'));
    const before = await identities(world);
    const operations = await each(containers, (container) => container.power('restart'));
    return new Load(world, containers, operations, before);
  }

  /** What is wrong once everything has settled: all of them are to be restarted, each once, and nothing else may have changed. */
  async complaints(): Promise<string[]> {
    const open = await untilNone(() => outstanding(this.world), 60_000);
    const ends = await each(this.operations, async (operation) => {
      const { status, targetName, errorMessage } = await operation.view();
      return status === 'Success' ? [] : [`${targetName}: ${status} ${errorMessage ?? ''}`];
    });
    const effects = this.containers.flatMap(({ host, name }) => {
      const happened = host.journal.of(name).join(', ');
      return happened === 'shutdown, started' ? [] : [`${name}: ${happened}`];
    });
    return [...open, ...ends.flat(), ...effects, ...(await violations(this.world, this.before))];
  }
}
