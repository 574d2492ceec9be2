import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { until } from './client';
import { ZONE } from './fleet';
import { freePort, Make, SecondaryServer } from './secondaries';
import { TransferBench } from './transferring';

const MAKES: [Make, string][] = [
  ['knot', '/usr/sbin/knotd'],
  ['nsd', '/usr/sbin/nsd'],
  ['bind', '/usr/sbin/named'],
];
/** Knot follows at once; the others take changes together, about once a second. */
const CHANGES: Record<Make, number> = { knot: 50, nsd: 10, bind: 10 };
/** Changes that come so far apart that nobody's counting in seconds adds to what a change takes. */
const LONE_CHANGES: Record<Make, number> = { knot: 10, nsd: 0, bind: 0 };
const APART_MS = 1_500;

/** From the commit to the answer of the secondary, for half of the changes. */
const USUAL_MS: Record<Make, number> = { knot: 1_000, nsd: 5_000, bind: 5_000 };
/** The slowest: Knot counts in seconds, so that a change that it was told of may wait for the next one. */
const LATEST_MS: Record<Make, number> = { knot: 3_000, nsd: 10_000, bind: 10_000 };

/** Whether this address may transfer the zone. */
const granted = async (port: number): Promise<boolean> => {
  const { stdout } = await promisify(execFile)('dig', ['@127.0.0.1', '-p', String(port), ZONE, 'AXFR']);
  return stdout.includes('SOA');
};

let bench: TransferBench;
beforeAll(async () => {
  bench = await TransferBench.create();
}, 30_000);
afterAll(() => bench.close());

describe.each(MAKES)('%s as a secondary', (make, program) => {
  it.each([
    ['signed', true],
    ['by its address', false],
  ])(
    'follows every change, %s',
    async (how, signed) => {
      if (!existsSync(program)) throw new Error(`${program} is missing`);
      const key = signed ? await bench.key(`${make}-key`) : null;
      const port = await freePort();
      const id = await bench.secondary(`${make} ${how}`, port, key);
      // BIND waits long after a first refusal, so the server must have heard of its secondary before.
      if (!key) await until(() => granted(bench.port), 5_000);
      const secondary = SecondaryServer.start(make, { zone: ZONE, primary: bench.port, port, key });
      try {
        await secondary.reaches(await bench.fleet.serial(), 20_000);
        const took: number[] = [];
        for (let i = 0; i < CHANGES[make]; i++) {
          await bench.fleet.appear({
            name: `${make}-${signed}-${i}`,
            addresses: [`10.${MAKES.findIndex(([one]) => one === make)}.${Number(signed)}.${i}`],
          });
          took.push(await secondary.reaches(await bench.fleet.serial(), 10_000));
        }
        took.sort((a, b) => a - b);
        expect(took[took.length >> 1]).toBeLessThan(USUAL_MS[make]);
        expect(took.at(-1)).toBeLessThan(LATEST_MS[make]);
        const late: number[] = [];
        for (let i = 0; i < LONE_CHANGES[make]; i++) {
          await delay(APART_MS);
          await bench.fleet.appear({ name: `lone-${make}-${signed}-${i}`, addresses: [`10.9.${Number(signed)}.${i}`] });
          const alone = await secondary.reaches(await bench.fleet.serial(), 10_000);
          if (alone >= USUAL_MS[make]) late.push(alone);
        }
        // One may meet a moment in which the machine does something else.
        expect(late.length).toBeLessThanOrEqual(1);
        expect(await secondary.ask(`${make}-${signed}-${CHANGES[make] - 1}.${ZONE}`, 'A')).toEqual([
          `10.${MAKES.findIndex(([one]) => one === make)}.${Number(signed)}.${CHANGES[make] - 1}`,
        ]);
        const serial = await bench.fleet.serial();
        await until(async () => (await bench.observed(id)).transferred === serial, 5_000);
        expect(await bench.observed(id)).toMatchObject({ notified: serial, error: null });
      } finally {
        await secondary.end();
        await bench.forget(id);
      }
    },
    120_000,
  );
});
