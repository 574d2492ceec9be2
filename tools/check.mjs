// @ts-check
/** `npm run check`: everything that can be said about the code without running the product. All are run, then the failed ones are named. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cliEnvironment } from './backing.mjs';
import { bootstrap, runQuietly } from './bootstrap.mjs';
import { line } from './counts.mjs';
import { say, step } from './progress.mjs';
import { servicesDown, servicesUp } from './services/throw-away.mjs';
import { readSettings } from './settings.mjs';
import { ExpectedError, appEntry, inRoot } from './workspace.mjs';

const bin = (/** @type {string} */ name) => inRoot('node_modules', '.bin', name);
const node = process.execPath;

/** @type {[string, () => Promise<{code: number, output: string}>][]} */
const checks = [
  ['lint', () => runQuietly(bin('eslint'), ['.', '--max-warnings', '0'])],
  ['format', () => runQuietly(bin('prettier'), ['--check', '.'])],
  ['types', () => runQuietly(bin('tsc'), ['-p', 'tsconfig.json', '--noEmit'])],
  ['boundaries', () => runQuietly(node, [inRoot('tools', 'check-boundaries.mjs')])],
  ['generated files', () => runQuietly(node, [inRoot('tools', 'generate.mjs'), '--check'])],
  ['migrations', migrations],
];

/** @returns {Promise<number>} */
export async function check() {
  await bootstrap();
  const failed = [];
  for (const [name, run] of checks) {
    try {
      await step(name, async () => {
        const { code, output } = await run();
        if (code !== 0) throw new ExpectedError(output.trim());
      });
    } catch (error) {
      failed.push(name);
      say(error instanceof Error ? error.message : String(error));
    }
  }
  if (failed.length > 0) say(`failed: ${failed.join(', ')}`);
  console.log(line({ passed: checks.length - failed.length, failed: failed.length, skipped: 0 }));
  return failed.length === 0 ? 0 : 1;
}

/** An empty database takes all migrations, and then agrees with the entities. */
async function migrations() {
  const services = await servicesUp();
  const secrets = mkdtempSync(join(tmpdir(), 'lxdm-check-'));
  try {
    const { settings } = readSettings(
      { LXDM_SECRETS_DIR: secrets, LXDM_CERTS_DIR: secrets, LXDM_DATA_DIR: secrets },
      () => '',
    );
    const env = { ...cliEnvironment(settings), DATABASE_URL: services.databaseUrl };
    const made = await runQuietly(node, [appEntry('cli'), 'setup'], env);
    return made.code === 0 ? await runQuietly(node, [appEntry('cli'), 'migrate', '--check'], env) : made;
  } finally {
    await servicesDown(services.dir);
    rmSync(secrets, { recursive: true, force: true });
  }
}
