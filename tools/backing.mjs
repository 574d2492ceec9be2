// @ts-check
/** What the processes stand on: secrets, database, Redis. Used by the launcher and by the operator's command line. */
import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openLog } from './log-files.mjs';
import { startPostgres, stopPostgres } from './services/postgres.mjs';
import { startRedis, stopRedis } from './services/redis.mjs';
import { ExpectedError, appEntry, inRoot } from './workspace.mjs';

/** @typedef {import('./settings.mjs').Settings} Settings */
/** @typedef {{databaseUrl: string, dnsDatabaseUrl: string, redisUrl: string}} Addresses */

/** The least that any process needs; nothing of the caller's environment that could change its behaviour. @returns {NodeJS.ProcessEnv} */
export function plainEnvironment() {
  const kept = ['PATH', 'HOME', 'LANG', 'TZ', 'TMPDIR', 'NODE_OPTIONS'];
  const own = Object.fromEntries(
    kept.filter((name) => process.env[name] !== undefined).map((name) => [name, process.env[name]]),
  );
  return { NODE_ENV: 'production', ...own };
}

/** @param {Settings} settings @param {string} name of a file in secrets/ */
export function secret(settings, name) {
  const file = join(settings.secretsDir, name);
  if (!existsSync(file))
    throw new ExpectedError(
      `${file} is missing. Restore it from your backup; "npm run cli -- setup" makes a new one only for a new installation.`,
    );
  return readFileSync(file, 'utf8').trim();
}

/** @param {Settings} settings @returns {NodeJS.ProcessEnv} what every command of apps/cli gets */
export function cliEnvironment(settings) {
  return {
    ...plainEnvironment(),
    LXDM_DATA_DIR: settings.dataDir,
    LXDM_SECRETS_DIR: settings.secretsDir,
    LXDM_CERTS_DIR: settings.certsDir,
    DNS_ZONE: settings.zone,
    DNS_NAMESERVER: settings.nameserver,
    ...settings.passedOn,
    DNS_DATABASE_PASSWORD_FILE: join(settings.secretsDir, 'dns_postgres'),
  };
}

/** Runs a command of apps/cli quietly and returns what it printed. @param {string[]} args @param {NodeJS.ProcessEnv} env @param {string} [input] @returns {Promise<string>} */
export function operatorCommand(args, env, input = '') {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [appEntry('cli'), ...args], {
      cwd: inRoot(),
      env,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk) => (out += chunk));
    child.stderr.on('data', (chunk) => (err += chunk));
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0
        ? resolve(out)
        : reject(new ExpectedError(`"npm run cli -- ${args[0]}" failed:\n${(err || out).trim()}`)),
    );
    child.stdin.on('error', () => undefined); // it may end before it reads
    child.stdin.end(input);
  });
}

/** @param {Settings} settings @param {string} name */
function logFile(settings, name) {
  const { file, descriptor } = openLog(join(settings.dataDir, 'log'), name);
  closeSync(descriptor);
  return file;
}

/** The embedded Postgres with the password of secrets/. @param {Settings} settings */
export function embeddedPostgres(settings) {
  mkdirSync(settings.dataDir, { recursive: true });
  return startPostgres({
    dataDir: settings.dataDir,
    password: secret(settings, 'ct_postgres'),
    logFile: logFile(settings, 'postgres'),
  });
}

/** @param {Settings} settings @param {(text: string) => void} say */
export function privateRedis(settings, say) {
  return startRedis({
    dataDir: settings.dataDir,
    password: secret(settings, 'redis'),
    logFile: logFile(settings, 'redis'),
    say,
  });
}

/** The name server reads with a role that can only read, which `migrate` makes; DNS_DATABASE_URL names another. @param {Settings} settings @param {string} databaseUrl */
export function dnsDatabaseUrl(settings, databaseUrl) {
  if (settings.dnsDatabaseUrl) return settings.dnsDatabaseUrl;
  const url = new URL(databaseUrl);
  url.username = 'lxdm_dns';
  url.password = encodeURIComponent(secret(settings, 'dns_postgres'));
  return url.href;
}

export { stopPostgres, stopRedis };
