// @ts-check
/** Makes a fresh clone runnable: installs the packages of the lockfile and builds what has changed; does nothing in 30 ms when nothing has. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { say, step } from './progress.mjs';
import { ExpectedError, inRoot, root } from './workspace.mjs';

/** Runs a command to its end, its output shown; resolves to its exit code. @param {string} file @param {string[]} args @param {NodeJS.ProcessEnv} [env] @returns {Promise<number>} */
export function runVisibly(file, args, env = process.env) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { cwd: root, env, stdio: ['ignore', 2, 2] });
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(signal ? 1 : (code ?? 1)));
  });
}

/** Runs a command quietly; its output comes back. @param {string} file @param {string[]} args @param {NodeJS.ProcessEnv} [env] @returns {Promise<{code: number, output: string}>} */
export function runQuietly(file, args, env = process.env) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/** @param {{build?: boolean}} [options] unit tests run from the sources and need no build */
export async function bootstrap({ build = true } = {}) {
  await install();
  if (build) await buildAll();
}

/** Makes one project and what it needs runnable, and nothing else: what depends on it may not fit it yet. @param {string} project */
export async function bootstrapOne(project) {
  await install();
  await step(`builds ${project}`, () => build('run-many', '-t', 'build', '-p', project));
}

/** @param {string[]} words what nx is to build */
async function build(...words) {
  const { code, output } = await nx(...words, '--outputStyle=static');
  if (code !== 0) throw new ExpectedError(`The build failed:\n${failedTasks(output)}`);
}

/** pnpm as `packageManager` names it: what corepack would bring, without corepack. @returns {string} */
function pnpmPackage() {
  const { packageManager } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
  return String(packageManager).split('+')[0] ?? 'pnpm';
}

async function install() {
  const stampFile = inRoot('node_modules', '.lxdm-installed');
  const stamp = createHash('sha256')
    .update(readFileSync(inRoot('pnpm-lock.yaml')))
    .digest('hex');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  say('Installing the packages of pnpm-lock.yaml (the first time takes a minute):');
  const code = await runVisibly('npx', [
    '-y',
    pnpmPackage(),
    'install',
    '--frozen-lockfile',
    '--config.confirmModulesPurge=false',
  ]);
  if (code !== 0)
    throw new ExpectedError('The packages could not be installed; pnpm says above why. Nothing else was done.');
  writeFileSync(stampFile, stamp);
}

/** Runs nx so that the `pnpm` which it calls for each script is found, with no daemon that stays behind. @param {string[]} words */
function nx(...words) {
  const env = { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false', NX_NO_CLOUD: 'true', FORCE_COLOR: '0' };
  const command = ["'node_modules/.bin/nx'", ...words].join(' ');
  return runQuietly('npx', ['-y', '-p', pnpmPackage(), '-c', command], env);
}

async function buildAll() {
  const projects = buildable();
  const stampFile = inRoot('node_modules', '.lxdm-built');
  const stamp = sourcesStamp(projects);
  const built = projects.every((project) => existsSync(inRoot(project, 'dist')));
  if (built && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  await step(`builds ${projects.length} projects`, () => build('run-many', '-t', 'build'));
  writeFileSync(stampFile, stamp);
}

/** Of nx's output, what the failed tasks printed. @param {string} output */
function failedTasks(output) {
  const names = [...(/Failed tasks:\s+((?:- \S+\s+)+)/.exec(output)?.[1]?.matchAll(/- (\S+)/g) ?? [])].map(
    ([, name]) => name,
  );
  const blocks = output.split(/^(?=> nx run )|^(?= NX {3})/m);
  const wanted = blocks.filter((block) => names.some((name) => block.startsWith(`> nx run ${name}`)));
  return (wanted.length > 0 ? wanted.join('') : output).trim();
}

/** The projects that have a build script. @returns {string[]} */
function buildable() {
  return ['libs', 'apps']
    .flatMap((room) => readdirSync(inRoot(room)).map((name) => join(room, name)))
    .filter((project) => existsSync(inRoot(project, 'package.json')))
    .filter((project) => JSON.parse(readFileSync(inRoot(project, 'package.json'), 'utf8')).scripts?.build);
}

/** Name, size and time of every source: cheaper than asking nx, which takes a second to say that nothing changed. @param {string[]} projects */
function sourcesStamp(projects) {
  const hash = createHash('sha256');
  const add = (/** @type {string} */ path) => {
    const { mtimeMs, size } = statSync(path);
    hash.update(`${path}\0${mtimeMs}\0${size}\n`);
  };
  const walk = (/** @type {string} */ folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (['dist', 'node_modules', 'test', '.angular'].includes(entry.name)) continue;
      const path = join(folder, entry.name);
      if (entry.isDirectory()) walk(path);
      else if (entry.isFile() && !entry.name.endsWith('.spec.ts')) add(path);
    }
  };
  for (const project of projects) walk(inRoot(project));
  for (const file of ['nx.json', '.swcrc', 'tools/bundle.mjs', 'tsconfig.base.json', 'pnpm-lock.yaml'])
    add(inRoot(file));
  return hash.digest('hex');
}
