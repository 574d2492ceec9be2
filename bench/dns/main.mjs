// @ts-check
/**
 * `npm run bench -- dns`: how fast the name server answers beside what else could answer, how soon a change is answered, and what a big zone
 * costs. Everything runs here, in turns, in one run: only the ratios travel to other machines. Exits with 1 when a limit is missed.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { servicesDown, servicesUp } from '../../tools/services/throw-away.mjs';
import { clusterFolder } from '../../tools/services/postgres.mjs';
import { percentile, print } from '../figures.mjs';
import { changeToAnswer } from './changes.mjs';
import { answers, competitors, echo, ours } from './contestants.mjs';
import { dnsperf } from './dnsperf.mjs';
import { managersDatabase, nameOf, writeQuestions, ZONE } from './fleet.mjs';
import { CLIENT_CORE, favourTree, installed, pinTree } from './pinned.mjs';
import { Asker } from './wire.mjs';

const NAMES = 10_000;
const MANY_NAMES = 100_000;
/** Many short rounds: what else a shared machine does for seconds then spoils some of them, and not their median. */
const ROUNDS = Number(process.env['LXDM_BENCH_ROUNDS'] ?? 21);
const ROUND_SECONDS = 1;
const LONG_SECONDS = 3;
const CHANGES = 200;

for (const program of ['dnsperf', 'taskset'])
  if (!installed(program)) {
    console.log(`not measured: ${program} is not installed (apt-get install dnsperf util-linux)`);
    process.exit(0);
  }

const dir = mkdtempSync(join(tmpdir(), 'lxdm-bench-dns-'));
/** @type {import('../figures.mjs').Line[]} */
const lines = [];
/** @type {import('./contestants.mjs').Contestant[]} */
const running = [];
const services = await servicesUp();
try {
  pinTree(postgresPid());
  await throughput();
  await bigZone();
} finally {
  await Promise.all(running.map(({ process }) => process.stop()));
  await servicesDown(services.dir);
  rmSync(dir, { recursive: true, force: true });
  if (lines.length > 0) print(lines);
}
process.exitCode = lines.every(({ met }) => met) ? 0 : 1;

async function throughput() {
  const database = await managersDatabase(services.databaseUrl, 'bench_dns', NAMES);
  const questions = join(dir, 'questions');
  writeQuestions(questions, NAMES);
  const us = await ours(database.readerUrl, dir);
  running.push(us, await echo());
  running.push(...(await competitors({ dir, serverUrl: services.databaseUrl, count: NAMES })));
  for (const each of running) await answers(each, NAMES);

  // What the compilers and caches of all of them learn first is not what is asked for.
  for (const { port } of running) await dnsperf(port, questions, LONG_SECONDS);
  const rates = new Map(running.map(({ name }) => [name, /** @type {number[]} */ ([])]));
  const memory = [];
  let lost = 0;
  for (let round = 0; round < ROUNDS; round++) {
    for (const { name, port } of running) {
      const load = await dnsperf(port, questions, ROUND_SECONDS);
      rates.get(name)?.push(load.perSecond);
      if (name === us.name) lost += load.lost;
    }
    memory.push(us.process.memory());
  }
  const own = rates.get(us.name) ?? [];
  line('ours, answers a second', percentile(own, 0.5), '/s');
  for (const { name } of running.slice(1)) {
    const theirs = rates.get(name) ?? [];
    line(`${name}, answers a second`, percentile(theirs, 0.5), '/s');
    // Round by round: whatever else the machine did, it did to both.
    const ratio = percentile(
      own.map((rate, round) => rate / (theirs[round] ?? NaN)),
      0.5,
    );
    lines.push({
      what: `ours beside ${name}, median of ${ROUNDS} rounds`,
      figure: `${ratio.toFixed(2)} times`,
      limit: name === "Node's echo" ? 'at least 0.85 times' : '',
      met: name !== "Node's echo" || ratio >= 0.85,
    });
  }
  line('ours, questions lost in all rounds', lost, '', 0);
  line('ours, memory after the last round', memory.at(-1) ?? NaN, 'MB');
  line(
    'ours, memory after the last round beside the second',
    (memory.at(-1) ?? NaN) / (memory[1] ?? NaN),
    'times',
    1.1,
  );

  // From here on the database is what it would be elsewhere: not on the name server's core, and not behind the client on the other.
  pinTree(postgresPid(), CLIENT_CORE);
  const favoured = favourTree(postgresPid());
  console.log(
    `changes: the database stands on the client's core, ${favoured ? 'before the client' : 'equal to the client, as only root may favour it'}`,
  );
  const { milliseconds, load } = await changeToAnswer(database.url, us.port, questions, CHANGES);
  line(`from commit to new answer under full load, p50 of ${CHANGES}`, percentile(milliseconds, 0.5), 'ms');
  line('from commit to new answer under full load, p99', percentile(milliseconds, 0.99), 'ms', 50);
  line('answers a second meanwhile', load.perSecond, '/s');
  line('questions lost meanwhile', load.lost, '', 0);
  await Promise.all(running.splice(0).map(({ process }) => process.stop()));
}

async function bigZone() {
  const database = await managersDatabase(services.databaseUrl, 'bench_dns_many', MANY_NAMES);
  const questions = join(dir, 'many-questions');
  writeQuestions(questions, MANY_NAMES);
  const starts = [];
  for (let n = 0; n < 3; n++) {
    await Promise.all(running.splice(0).map(({ process }) => process.stop()));
    const start = performance.now();
    const us = await ours(database.readerUrl, dir);
    running.push(us);
    const asker = new Asker(us.port);
    await asker.untilFound(`${nameOf(MANY_NAMES)}.${ZONE}`);
    starts.push((performance.now() - start) / 1000);
    asker.close();
  }
  line(`${MANY_NAMES.toLocaleString('en')} names: from start to answers, median of 3`, percentile(starts, 0.5), 's', 2);
  const [us] = running;
  if (!us) return;
  line('the same: memory after the start', us.process.memory(), 'MB', 250);
  const load = await dnsperf(us.port, questions, LONG_SECONDS * 2);
  line('the same: answers a second', load.perSecond, '/s');
  line('the same: memory under load', us.process.memory(), 'MB', 250);
}

/** The server's first process. */
function postgresPid() {
  return Number(readFileSync(join(clusterFolder(services.dir), 'postmaster.pid'), 'utf8').split('\n')[0]);
}

/** @param {string} what @param {number} value @param {string} unit @param {number} [most] */
function line(what, value, unit, most) {
  lines.push({
    what,
    figure: `${value.toFixed(value < 10 && value % 1 ? 2 : 0)} ${unit}`.trim(),
    limit: most === undefined ? '' : `at most ${most} ${unit}`.trim(),
    met: most === undefined || value <= most,
  });
}
