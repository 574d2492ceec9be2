// @ts-check
/**
 * Services for one test, and the faults to inject into them, as a command (specs are CommonJS and cannot import this; see control.cjs).
 *
 *   node tools/services/ctl.mjs up [DIR]                          a Postgres and a Redis of its own; prints {dir, databaseUrl, redisUrl}
 *   node tools/services/ctl.mjs down DIR                          ends both and removes the folder
 *   node tools/services/ctl.mjs postgres DIR stop|restart [smart|fast|immediate|kill]     |start|pause|resume
 *   node tools/services/ctl.mjs redis DIR stop|restart [term|kill]                        |start|pause|resume
 */
import { clusterFolder, freezePostgres, stopPostgres } from './postgres.mjs';
import { freezeRedis, stopRedis } from './redis.mjs';
import { servicesDown, servicesUp, startDatabase, startQueue } from './throw-away.mjs';

const [what, dir = '', action = '', how] = process.argv.slice(2);

const postgres = {
  start: () => startDatabase(dir),
  stop: () => stopPostgres(clusterFolder(dir), /** @type {'fast'} */ (how ?? 'fast')),
  restart: async () => {
    await stopPostgres(clusterFolder(dir), /** @type {'fast'} */ (how ?? 'fast'));
    await startDatabase(dir);
  },
  pause: () => freezePostgres(clusterFolder(dir), true),
  resume: () => freezePostgres(clusterFolder(dir), false),
};
const redis = {
  start: () => startQueue(dir),
  stop: () => stopRedis(dir, how === 'kill' ? 'kill' : 'term'),
  restart: async () => {
    await stopRedis(dir, how === 'kill' ? 'kill' : 'term');
    await startQueue(dir);
  },
  pause: () => freezeRedis(dir, true),
  resume: () => freezeRedis(dir, false),
};

const table = what === 'postgres' ? postgres : what === 'redis' ? redis : undefined;
const chosen = table && Object.hasOwn(table, action) ? table[/** @type {keyof typeof postgres} */ (action)] : undefined;
if (what === 'up') console.log(JSON.stringify(await servicesUp(dir || undefined, process.ppid)));
else if (what === 'down' && dir) await servicesDown(dir);
else if (chosen && dir) await chosen();
else {
  console.error('usage: ctl.mjs up [DIR] | down DIR | postgres DIR ACTION [MODE] | redis DIR ACTION [MODE]');
  process.exitCode = 2;
}
// The servers live on; nothing here may wait for them.
process.exit();
