// @ts-check
/** `npm run cli -- COMMAND`: the operator's command line with the settings, secrets and database that the manager uses. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cliEnvironment, embeddedPostgres, operatorCommand, stopPostgres } from './backing.mjs';
import { bootstrap } from './bootstrap.mjs';
import { redisUrl, runningRedis } from './services/redis.mjs';
import { readSettings } from './settings.mjs';
import { ExpectedError, appEntry } from './workspace.mjs';

const needNoDatabase = ['', 'help', '--help', '-h', '--version', 'setup'];

/** @param {string[]} args @returns {Promise<number>} the command's exit code */
export async function cli(args) {
  const { settings, faults } = readSettings(process.env, (path) => readFileSync(path, 'utf8'));
  if (faults.length > 0) throw new ExpectedError(faults.join('\n'));
  await bootstrap();
  const env = cliEnvironment(settings);
  if (needNoDatabase.includes(args[0] ?? '')) return passOn(args, env);
  if (!existsSync(join(settings.secretsDir, 'ct_postgres'))) await operatorCommand(['setup'], env);
  const redis = settings.redisUrl ?? redisOf(settings);
  const withRedis = redis ? { ...env, REDIS_URL: redis } : env;
  if (settings.databaseUrl) return passOn(args, { ...withRedis, DATABASE_URL: settings.databaseUrl });

  const server = await embeddedPostgres(settings);
  try {
    return await passOn(args, { ...withRedis, DATABASE_URL: server.url });
  } finally {
    if (!server.attached) await stopPostgres(server.folder);
  }
}

/** @param {import('./settings.mjs').Settings} settings */
function redisOf(settings) {
  const running = runningRedis(settings.dataDir);
  const file = join(settings.secretsDir, 'redis');
  return running && existsSync(file) ? redisUrl(running.port, readFileSync(file, 'utf8').trim()) : undefined;
}

/** @param {string[]} args @param {NodeJS.ProcessEnv} env @returns {Promise<number>} */
function passOn(args, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [appEntry('cli'), ...args], { env, stdio: 'inherit' });
    // The terminal sends Ctrl-C to both: the command decides, we wait for it and stop the database then.
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM']))
      process.on(signal, () => signal === 'SIGTERM' && child.kill(signal));
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(signal ? 130 : (code ?? 1)));
  });
}
