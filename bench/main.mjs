// @ts-check
/** `npm run bench`: what is claimed about speed and size, measured in one run on this machine. Exits with 1 when a limit is missed. */
import { percentile, print, sideBySide, timed } from './figures.mjs';
import { hostSync } from './host-sync.mjs';
import { RunningStack } from './running-stack.mjs';
import { insertContainers } from './thousand-containers.mjs';

const stack = new RunningStack();
/** @type {import('./figures.mjs').Line[]} */
const lines = [];
/** @param {string} what @param {number} value @param {string} unit @param {number} [most] */
const line = (what, value, unit, most) =>
  lines.push({
    what,
    figure: `${value.toFixed(value < 10 ? 2 : 0)} ${unit}`,
    limit: most === undefined ? '' : `at most ${most} ${unit}`,
    met: most === undefined || value <= most,
  });

try {
  line('cold start: empty data folder to ready', await stack.start(), 's');
  await stack.stop();
  line('warm start: second start to ready', await stack.start(), 's');
  const session = await stack.signedIn();

  // Before the lab: twenty containers that boot beside it would be measured too. The host of these rows does not exist: the worker is held, or
  // it would find that out again and again, and every row would say so.
  const { worker = 0 } = stack.processes();
  process.kill(worker, 'SIGSTOP');
  await insertContainers(stack.environmentOf('worker', 'DATABASE_URL'), 1000);
  // As a browser asks: compressed, on a connection that is kept; what is timed is the API, not our own reading of JSON.
  const page = () => session.bytes('/containers?pageSize=1000');
  const health = () => session.bytes('/health/live');
  await timed(40, page);
  const { one: lists, other: pings } = await sideBySide(100, page, health);
  const list = /** @type {{items: unknown[]}} */ (await session.call('GET', '/containers?pageSize=1000'));
  const items = list.items.length;
  if (items < 1000) throw new Error(`The list has ${items} containers only.`);
  line('list of 1,000 containers by API, p50', percentile(lists, 0.5), 'ms', 30);
  line('list beside an empty answer of the API', percentile(lists, 0.5) / percentile(pings, 0.5), 'times');
  line('list of 1,000 containers, before compression', Buffer.byteLength(JSON.stringify(list)) / 1000, 'kB', 400);
  line('list of 1,000 containers, as sent (gzip)', (await page()) / 1000, 'kB');
  process.kill(worker, 'SIGCONT');

  const sync = await hostSync(stack, session);
  if (sync) {
    line('create accepted by API (202), p50 of 20 in a row', sync.accepted, 'ms', 50);
    line('bare recursion=2 call, 20 running containers, p50', sync.bare, 'ms');
    line('whole sync of that host, p50', sync.sync, 'ms');
    line('sync beside the bare call', sync.ratio, 'times', 2);
  }

  line('memory of the four processes together', stack.memory(), 'MB', 600);
} finally {
  await stack.remove();
  if (lines.length > 0) print(lines);
  console.log('The name server is measured by `npm run bench -- dns`.');
}
process.exitCode = lines.every(({ met }) => met) ? 0 : 1;
