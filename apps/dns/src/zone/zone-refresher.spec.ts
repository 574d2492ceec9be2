import type { ZonesContents, ZonesNews } from '@lxdm/entities';
import { ZoneKeeper } from './zone-keeper';
import { ZoneRefresher } from './zone-refresher';
import type { ZoneSource } from './zone-source';

/** A source whose answers come when the test says so. */
class HeldSource implements ZoneSource {
  readonly asked: string[] = [];
  private settle: ((error?: Error) => void) | undefined;
  serial = 1;

  load(): Promise<ZonesContents> {
    return this.held('whole', () => this.contents());
  }

  news(): Promise<ZonesNews> {
    const before = this.serial;
    return this.held('news', () => {
      const bumps = this.serial - before;
      return { ...this.contents(), bumps, touched: [], complete: true };
    });
  }

  private contents(): ZonesContents {
    const { serial } = this;
    const zone = { name: 'x.', kind: 'forward' as const, cidr: null, serial, dnssec: false };
    const rows = { containers: [], records: [], zoneKeys: [], tsigKeys: [], secondaries: [] };
    return { zones: [zone], seq: serial, journal: serial, bumpedAt: serial, wildcard: false, ...rows };
  }

  async close(): Promise<void> {
    this.settle = undefined;
  }

  async answer(error?: Error): Promise<void> {
    this.settle?.(error);
    // The refresher's own continuations.
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  }

  private held<T>(what: string, make: () => T): Promise<T> {
    this.asked.push(what);
    return new Promise((resolve, reject) => {
      this.settle = (error) => (error ? reject(error) : resolve(make()));
    });
  }
}

function started() {
  const source = new HeldSource();
  const told: string[] = [];
  const keeper = new ZoneKeeper({ zone: 'x.', nameserver: 'ns.y.', nameserverAddresses: [] }, () => undefined);
  const refresher = new ZoneRefresher(source, keeper, {
    publish: async (version) => ({ ...version, served: version.built }),
    onVersion: ({ how }) => told.push(how),
    onFailure: ({ message }) => told.push(message),
  });
  refresher.wake('whole');
  return { source, told, refresher };
}

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

it('asks once for any number of announcements during a load, and once more behind it', async () => {
  const { source, told, refresher } = started();
  for (let n = 0; n < 100; n += 1) refresher.wake('news');
  expect(source.asked).toEqual(['whole']);
  await source.answer();
  expect(source.asked).toEqual(['whole']);
  jest.advanceTimersByTime(20);
  expect(source.asked).toEqual(['whole', 'news']);
  await source.answer();
  jest.advanceTimersByTime(60_000);
  expect(source.asked).toHaveLength(2);
  expect(told).toEqual(['built', 'same']);
});

it('does not lose a commit that is announced while an older answer is on its way', async () => {
  const { source, refresher } = started();
  await source.answer();
  refresher.wake('whole');
  refresher.wake('news');
  jest.advanceTimersByTime(20);
  expect(source.asked).toEqual(['whole', 'whole']);
});

it('tries again for ever, ever more slowly, and whole', async () => {
  const { source, told, refresher } = started();
  const waits = [250, 500, 1_000, 2_000, 4_000, 5_000, 5_000];
  for (const [index, wait] of waits.entries()) {
    await source.answer(new Error(`failure ${index}`));
    refresher.wake('news');
    jest.advanceTimersByTime(wait - 1);
    expect(source.asked).toHaveLength(index + 1);
    jest.advanceTimersByTime(1);
    expect(source.asked).toHaveLength(index + 2);
  }
  expect(new Set(source.asked)).toEqual(new Set(['whole']));
  expect(told).toEqual(waits.map((_, index) => `failure ${index}`));
  await source.answer();
  expect(told.at(-1)).toBe('built');
});

it('does not wait any longer when the feed is heard again', async () => {
  const { source, refresher } = started();
  await source.answer(new Error('away'));
  refresher.wake('whole');
  expect(source.asked).toEqual(['whole', 'whole']);
  await source.answer();
  jest.advanceTimersByTime(60_000);
  expect(source.asked).toHaveLength(2);
});

it('is silent once it is stopped', async () => {
  const { source, told, refresher } = started();
  refresher.stop();
  await source.answer();
  refresher.wake('whole');
  jest.advanceTimersByTime(60_000);
  expect(source.asked).toHaveLength(1);
  expect(told).toEqual([]);
});
