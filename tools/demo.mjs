// @ts-check
/** `npm run demo`: the manager with a lab of real LXD hosts. With --check it proves that name and SSH work, says OK and stops. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiSession } from './api-session.mjs';
import { bootstrap } from './bootstrap.mjs';
import { demoContent } from './demo-content.mjs';
import { lab, labRefusal, labStatus } from './lab.mjs';
import { say, sinceStart, step } from './progress.mjs';
import { checkedSettings } from './stack.mjs';
import { whileRunning } from './start.mjs';
import { ExpectedError } from './workspace.mjs';

/** @param {string[]} args @returns {Promise<number>} */
export async function demo(args) {
  const check = args.includes('--check');
  const refusal = labRefusal();
  if (refusal)
    throw new ExpectedError(`The demo cannot run here: ${refusal} "npm start" runs LXD Manager without the lab.`);
  const settings = await checkedSettings();
  await bootstrap();
  const mark = join(settings.dataDir, 'demo', 'lab-is-ours');
  return whileRunning(
    settings,
    async (started, signal) => {
      const api = new ApiSession(started.console, signal);
      await signIn(api, started.admin);
      const content = await demoContent(api, labStatus(), settings);
      const commands = linesToPaste(content, settings);
      if (check) return verified(content, commands, settings);
      show(started, commands, settings);
      return undefined;
    },
    {
      before: async (signal) => {
        // A lab that was up before belongs to somebody; one that an earlier demo left, killed, is ours.
        if (!labStatus().up) {
          mkdirSync(join(settings.dataDir, 'demo'), { recursive: true, mode: 0o700 });
          writeFileSync(mark, '');
        }
        await step('lab', () => lab(['up'], signal));
      },
      after: async () => {
        if (!existsSync(mark)) return;
        await lab(['down']);
        rmSync(mark, { force: true });
      },
    },
  );
}

/** @param {import('./api-session.mjs').ApiSession} api @param {import('./stack.mjs').Admin} admin */
async function signIn(api, admin) {
  try {
    await api.signIn('admin', admin.password);
  } catch (error) {
    if (/** @type {{status?: number}} */ (error).status !== 401) throw error;
    throw new ExpectedError(
      `The account "admin" has another password than ${admin.from === 'setting' ? 'LXDM_ADMIN_PASSWORD' : admin.file} says: set LXDM_ADMIN_PASSWORD to the present one.`,
    );
  }
}

/** @param {import('./demo-content.mjs').Content} content @param {import('./settings.mjs').Settings} settings */
function linesToPaste({ fqdn, address, keyFile, knownHosts }, { bind, dnsPort }) {
  const server = bind === '0.0.0.0' ? '127.0.0.1' : bind === '::' ? '::1' : bind;
  const quoted = (/** @type {string} */ path) =>
    /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
  return {
    dig: `dig @${server} -p ${dnsPort} ${fqdn}. AAAA +short`,
    ssh: `ssh -i ${quoted(keyFile)} -o IdentitiesOnly=yes -o UserKnownHostsFile=${quoted(knownHosts)} -o HostKeyAlias=${fqdn} -o StrictHostKeyChecking=yes root@${address}`,
  };
}

/** @param {import('./stack.mjs').Started} started @param {{dig: string, ssh: string}} commands @param {import('./settings.mjs').Settings} settings */
function show({ console: address, admin }, { dig, ssh }, settings) {
  const rule = '─'.repeat(78);
  const password = admin.from === 'setting' ? '(LXDM_ADMIN_PASSWORD)' : admin.password;
  say(`\n${rule}\n  LXD Manager with its lab is ready (${sinceStart()}).\n`);
  say(`  Console   ${address}\n  Sign in   admin   ${password}\n`);
  say(`  Its name  ${dig}\n\n  Log in    ${ssh}\n`);
  say(
    `  Logs in ${join(settings.dataDir, 'log')}. Ctrl-C stops everything; what was made stays for the next time.\n${rule}`,
  );
}

/** Pastes both lines into a shell, as a person would. @param {import('./demo-content.mjs').Content} content @param {{dig: string, ssh: string}} commands @param {import('./settings.mjs').Settings} settings @returns {number} exit code */
function verified(content, { dig, ssh }, settings) {
  const paste = (/** @type {string} */ text) =>
    spawnSync('sh', ['-c', text], {
      encoding: 'utf8',
      timeout: 60_000,
      cwd: settings.dataDir,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  const name = paste(dig);
  const login = paste(`${ssh} -o BatchMode=yes hostname`);
  const named = name.stdout.trim().split('\n').includes(content.address);
  const loggedIn = login.status === 0 && login.stdout.trim() === content.fqdn.split('.')[0];
  if (!named) say(`✗ ${dig}\n${name.stdout}${name.stderr}`);
  if (!loggedIn) say(`✗ ${ssh}\n${login.stdout}${login.stderr}`);
  if (named && loggedIn)
    console.log(`OK: ${content.fqdn} is ${content.address} by DNS and lets its owner in by SSH (${sinceStart()})`);
  return named && loggedIn ? 0 : 1;
}
