// @ts-check
/** `npm test`: every size of test, counted into one last line. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bootstrap, runQuietly } from './bootstrap.mjs';
import { failuresOf, fromJson, fromTap, line, merged, nothing, withExitCode } from './counts.mjs';
import { lab, labRefusal, labReport, labStatus } from './lab.mjs';
import { say } from './progress.mjs';
import { until } from './services/processes.mjs';
import { servicesDown, servicesUp } from './services/throw-away.mjs';
import { interrupted } from './shutdown.mjs';
import { ExpectedError, inRoot, root } from './workspace.mjs';

/** @typedef {import('./counts.mjs').Counts} Counts */
/** @typedef {{reports: string, signal: AbortSignal, endings: (() => Promise<void>)[], failures: string[]}} Run */

/** @param {string[]} args @returns {Promise<number>} */
export async function test(args) {
  const unknown = args.find((arg) => arg !== '--unit');
  if (unknown) throw new ExpectedError(`npm test knows only --unit, not "${unknown}"; for one file: npx jest PATH`);
  const unitOnly = args.includes('--unit');
  const abort = new AbortController();
  const stopped = interrupted().then(() => abort.abort());
  try {
    await bootstrap({ build: !unitOnly });
  } catch (error) {
    console.log(line(broken(error)));
    return 1;
  }
  /** @type {Run} */
  const run = {
    reports: mkdtempSync(join(tmpdir(), 'lxdm-reports-')),
    signal: abort.signal,
    endings: [],
    failures: [],
  };
  try {
    const all = unitOnly
      ? [() => tools(run), () => jest(run, 'unit')]
      : [() => tools(run), () => jest(run, 'unit'), () => integration(run), () => web(run), () => endToEnd(run)];
    /** @type {Counts[]} */
    const counts = [];
    for (const suite of all) {
      if (abort.signal.aborted) break;
      counts.push(await Promise.race([suite().catch(broken), stopped.then(() => nothing)]));
    }
    const sum = merged(counts);
    const result = abort.signal.aborted ? { ...sum, failed: sum.failed + 1 } : sum;
    if (abort.signal.aborted) say('\nThe tests were interrupted: that counts as a failure.');
    await ended(run);
    if (run.failures.length > 0) {
      say(`\n— what failed\n${run.failures.join('\n\n')}`);
      say(`\n— in short\n${run.failures.map((told) => told.split('\n', 2).join(' — ')).join('\n')}`);
    }
    console.log(line(result));
    return result.failed === 0 && result.passed > 0 ? 0 : 1;
  } finally {
    await ended(run);
  }
}

/** What kept a size of test from running counts as a failure, and the others go on. @param {unknown} error @returns {Counts} */
function broken(error) {
  say(error instanceof Error ? (error instanceof ExpectedError ? error.message : `${error.stack}`) : String(error));
  return { ...nothing, failed: 1 };
}

/** @param {Run} run */
async function ended(run) {
  for (const end of run.endings.splice(0).reverse()) await end();
  rmSync(run.reports, { recursive: true, force: true });
}

/** The launcher's own tests. @param {Run} run @returns {Promise<Counts>} */
async function tools(run) {
  say('\n— launcher');
  const files = readdirSync(inRoot('tools')).filter((name) => name.endsWith('.test.mjs'));
  const { code, output } = await runQuietly(process.execPath, [
    '--test',
    '--test-reporter=tap',
    ...files.map((name) => inRoot('tools', name)),
  ]);
  const counts = withExitCode(fromTap(output), code);
  say(`${counts.passed} passed`);
  if (counts.failed > 0) run.failures.push(output);
  return counts;
}

const jestProgram = inRoot('node_modules', '.bin', 'jest');

/** @param {Run} run @param {string} project @param {NodeJS.ProcessEnv} [env] @param {string[]} [flags] @returns {Promise<Counts>} */
async function jest(run, project, env = {}, flags = []) {
  say(`\n— ${project}`);
  const report = join(run.reports, `${project}.json`);
  const args = [...flags, '--selectProjects', project, '--json', `--outputFile=${report}`];
  const code = await shown(run, root, jestProgram, args, report, { ...process.env, ...env });
  return counted(run, report, code);
}

/** @param {Run} run */
async function integration(run) {
  const absent = await missingPrograms(programs);
  if (absent.length > 0) say(`${absent.join(', ')} is missing: the tests that need it fail or are skipped.`);
  const services = await servicesUp();
  run.endings.push(() => servicesDown(services.dir));
  return jest(run, 'integration', { TEST_DATABASE_URL: services.databaseUrl, TEST_REDIS_URL: services.redisUrl });
}

/** @param {Run} run @returns {Promise<Counts>} */
async function web(run) {
  const manifest = JSON.parse(readFileSync(inRoot('apps', 'web', 'package.json'), 'utf8'));
  if (!manifest.scripts?.test) return nothing;
  say('\n— console');
  const report = join(run.reports, 'web.json');
  const args = ['test', '--watch=false', '--reporters=default', '--reporters=json', `--output-file=${report}`];
  const folder = inRoot('apps', 'web');
  const code = await shown(run, folder, join(folder, 'node_modules', '.bin', 'ng'), args, report);
  return counted(run, report, code);
}

/** @param {Run} run @param {string} report @param {number} code @returns {Counts} */
function counted(run, report, code) {
  const text = read(report);
  run.failures.push(...failuresOf(text));
  return withExitCode(fromJson(text), code);
}

/** @param {Run} run @returns {Promise<Counts>} */
async function endToEnd(run) {
  const listed = await runQuietly(jestProgram, ['--selectProjects', 'e2e', '--listTests']);
  const specs = listed.output.split('\n').filter((path) => path.endsWith('-spec.ts'));
  if (specs.length === 0) return nothing;
  say('\n— end to end, on the lab');
  const refusal = labRefusal();
  if (refusal) {
    const must = process.env['CI'] === 'true';
    say(
      `${refusal} The ${specs.length} end-to-end suites ${must ? 'cannot run, and in CI that is a failure.' : 'are skipped.'}`,
    );
    return must ? { ...nothing, failed: specs.length } : { ...nothing, skipped: specs.length };
  }
  const absent = await missingPrograms(browser);
  if (absent.length > 0) {
    say(`${absent.join(', ')} could not be installed.`);
    return { ...nothing, failed: specs.length };
  }
  if (!labStatus().up) run.endings.push(() => lab(['down']));
  await lab(['up'], run.signal);
  if (!labStatus().up) throw new ExpectedError(`The lab came up and is not up:\n${labReport()}`);
  // One after the other: the suites share the lab, and some of them make a host of it hang.
  return jest(run, 'e2e', {}, ['--runInBand']);
}

/** The programs that tests drive, and the Debian packages that bring them. @type {Record<string, string>} */
const programs = {
  '/usr/bin/dig': 'bind9-dnsutils',
  '/usr/bin/named-checkzone': 'bind9-utils',
  '/usr/bin/kzonecheck': 'knot-dnssecutils',
  '/usr/bin/kdig': 'knot-dnsutils',
  '/usr/sbin/knotd': 'knot',
  '/usr/sbin/named': 'bind9',
  '/usr/sbin/nsd': 'nsd',
  '/usr/sbin/unbound': 'unbound',
  '/usr/bin/ldns-verify-zone': 'ldnsutils',
  '/usr/bin/zonemaster-cli': 'zonemaster-cli',
  '/usr/lib/python3/dist-packages/dns': 'python3-dnspython',
  '/usr/bin/certbot': 'certbot',
  '/usr/lib/python3/dist-packages/certbot_dns_rfc2136': 'python3-certbot-dns-rfc2136',
  '/usr/bin/dehydrated': 'dehydrated',
  '/usr/bin/lego': 'lego',
  '/usr/bin/pebble': 'pebble',
  '/usr/bin/ssh-keygen': 'openssh-client',
  '/usr/bin/redis-cli': 'redis-tools',
};
/** What the console is driven with, where it can be tested end to end. */
const browser = { '/usr/bin/chromium': 'chromium' };

/** Installs what is missing of those programs, as far as this user may; says which are missing then. @param {Record<string, string>} wanted @returns {Promise<string[]>} */
async function missingPrograms(wanted) {
  const lacking = () => Object.keys(wanted).filter((file) => !existsSync(file));
  if (lacking().length === 0 || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return lacking();
  const packages = lacking().map((file) => wanted[file] ?? '');
  say(`installs ${packages.join(', ')} (Debian packages)`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await runQuietly('apt-get', ['update'], env);
  const install = ['install', '-y', '--no-install-recommends', ...packages];
  const { code, output } = await withoutServices(() => runQuietly('apt-get', install, env));
  if (code !== 0) say(output);
  return lacking();
}

/** Name servers are wanted as programs, not as services of this machine: Debian asks this file before it starts one. */
const SERVICE_POLICY = '/usr/sbin/policy-rc.d';

/** Does something while Debian's packages start no service. @template T @param {() => Promise<T>} work @returns {Promise<T>} */
async function withoutServices(work) {
  if (existsSync(SERVICE_POLICY)) return work();
  writeFileSync(SERVICE_POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    return await work();
  } finally {
    rmSync(SERVICE_POLICY, { force: true });
  }
}

/**
 * Shows a runner's output and resolves to its exit code. Everything goes to standard error: the last line on standard output is ours. A runner
 * that has written its report and does not end (something in a test was left open) is killed, and that counts.
 * @param {Run} run @param {string} cwd @param {string} file @param {string[]} args @param {string} report @param {NodeJS.ProcessEnv} [env] @returns {Promise<number>}
 */
function shown(run, cwd, file, args, report, env = process.env) {
  return new Promise((resolve) => {
    // A process group of its own: what an end-to-end suite started is told to end with it, and is waited for.
    const child = spawn(file, args, { cwd, env, stdio: ['ignore', 2, 2], detached: true });
    let reportSeen = 0;
    const watch = setInterval(() => {
      if (reportSeen === 0 && existsSync(report)) reportSeen = Date.now();
      if (reportSeen === 0 || Date.now() - reportSeen < 20_000) return;
      run.failures.push(
        `${file} ${args.join(' ')}: all tests have ended and the process has not: something was left open`,
      );
      say('The tests have ended and their process has not: it is killed, and that is a failure.');
      signalGroup(child.pid, 'SIGKILL');
    }, 1000);
    const end = () => signalGroup(child.pid, 'SIGTERM');
    run.endings.push(async () => {
      if (!(await until(() => !signalGroup(child.pid, 0), 30_000, 100))) signalGroup(child.pid, 'SIGKILL');
    });
    run.signal.addEventListener('abort', end, { once: true });
    const settle = (/** @type {number | null} */ code) => {
      clearInterval(watch);
      run.signal.removeEventListener('abort', end);
      resolve(code ?? 1);
    };
    child.once('error', () => settle(1));
    child.once('exit', settle);
  });
}

/** Whether there was anybody to tell. @param {number | undefined} leader @param {NodeJS.Signals | 0} signal */
function signalGroup(leader, signal) {
  if (!leader) return false;
  try {
    return process.kill(-leader, signal);
  } catch {
    return false; // nobody is left in the group
  }
}

/** @param {string} file */
const read = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : undefined);
