// @ts-check
/** `npm run demo`: the manager with a lab of real LXD hosts. With --check it proves that name and SSH work, says OK and stops. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiSession } from './api-session.mjs';
import { bootstrap } from './bootstrap.mjs';
import { demoContent } from './demo-content.mjs';
import { demoGitlab, introduced, keyFileOf, withGitlab } from './demo-gitlab.mjs';
import { lab, labRefusal, labStatus } from './lab.mjs';
import { say, sinceStart, step } from './progress.mjs';
import { until } from './services/processes.mjs';
import { checkedSettings } from './stack.mjs';
import { whileRunning } from './start.mjs';
import { ExpectedError } from './workspace.mjs';

/** @param {string[]} args @returns {Promise<number>} */
export async function demo(args) {
  const check = args.includes('--check');
  const refusal = labRefusal();
  if (refusal)
    throw new ExpectedError(`The demo cannot run here: ${refusal} "npm start" runs LXD Manager without the lab.`);
  const settings = await withGitlab(await checkedSettings());
  await bootstrap();
  const mark = join(settings.dataDir, 'demo', 'lab-is-ours');
  return whileRunning(
    settings,
    async (started, signal) => {
      const api = new ApiSession(started.console, signal);
      await signIn(api, started.admin);
      const gitlab = demoGitlab(settings);
      const content = await demoContent(api, labStatus(), settings);
      if (gitlab) await step('people of GitLab', () => introduced(gitlab, api, content.projectId, signal));
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
    await api.sudo(admin.password);
  } catch (error) {
    if (/** @type {{status?: number}} */ (error).status !== 401) throw error;
    throw new ExpectedError(
      `The account "admin" has another password than ${admin.from === 'setting' ? 'LXDM_ADMIN_PASSWORD' : admin.file} says: set LXDM_ADMIN_PASSWORD to the present one.`,
    );
  }
}

/** @typedef {{dig: string, ssh: string, memberSsh: string | undefined}} Lines */

/** @param {import('./demo-content.mjs').Content} content @param {import('./settings.mjs').Settings} settings @returns {Lines} */
function linesToPaste({ fqdn, address, keyFile, knownHosts }, { bind, dnsPort, dataDir, gitlabStandIn }) {
  const server = bind === '0.0.0.0' ? '127.0.0.1' : bind === '::' ? '::1' : bind;
  const quoted = (/** @type {string} */ path) =>
    /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
  const ssh = (/** @type {string} */ key) =>
    `ssh -i ${quoted(key)} -o IdentitiesOnly=yes -o UserKnownHostsFile=${quoted(knownHosts)} -o HostKeyAlias=${fqdn} -o StrictHostKeyChecking=yes root@${address}`;
  return {
    dig: `dig @${server} -p ${dnsPort} ${fqdn}. AAAA +short`,
    ssh: ssh(keyFile),
    memberSsh: gitlabStandIn ? ssh(keyFileOf(join(dataDir, 'demo'), 'member')) : undefined,
  };
}

/** @param {import('./stack.mjs').Started} started @param {Lines} commands @param {import('./settings.mjs').Settings} settings */
function show({ console: address, admin }, { dig, ssh, memberSsh }, settings) {
  const rule = '─'.repeat(78);
  const password = admin.from === 'setting' ? '(LXDM_ADMIN_PASSWORD)' : admin.password;
  say(`\n${rule}\n  LXD Manager with its lab is ready (${sinceStart()}).\n`);
  say(`  Console   ${address}\n  Sign in   admin   ${password}\n`);
  if (memberSsh)
    say(
      `  or "Sign in with GitLab" and pick: admin (may turn sudo on), member (works in the project Demo),\n  newcomer (waits until an admin approves). It is a stand-in at ${settings.gitlabUrl}, no account is needed.\n`,
    );
  say(`  Its name  ${dig}\n\n  Log in    ${ssh}\n`);
  if (memberSsh) say(`  As member ${memberSsh}\n`);
  say(
    `  Logs in ${join(settings.dataDir, 'log')}. Ctrl-C stops everything; what was made stays for the next time.\n${rule}`,
  );
}

/** Pastes both lines into a shell, as a person would. @param {import('./demo-content.mjs').Content} content @param {Lines} commands @param {import('./settings.mjs').Settings} settings @returns {Promise<number>} exit code */
async function verified(content, { dig, ssh, memberSsh }, settings) {
  const paste = (/** @type {string} */ text) =>
    spawnSync('sh', ['-c', text], {
      encoding: 'utf8',
      timeout: 60_000,
      cwd: settings.dataDir,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  const name = paste(dig);
  const login = paste(`${ssh} -o BatchMode=yes hostname`);
  // The member's key comes from GitLab, by way of a sync and a delivery: that may take its minute.
  const memberIn =
    !memberSsh ||
    (await step("login with the member's key of GitLab", () =>
      until(() => paste(`${memberSsh} -o BatchMode=yes true`).status === 0, 90_000, 1000),
    ));
  const named = name.stdout.trim().split('\n').includes(content.address);
  const loggedIn = login.status === 0 && login.stdout.trim() === content.fqdn.split('.')[0];
  if (!named) say(`✗ ${dig}\n${name.stdout}${name.stderr}`);
  if (!loggedIn) say(`✗ ${ssh}\n${login.stdout}${login.stderr}`);
  if (!memberIn) say(`✗ ${memberSsh}`);
  const well = named && loggedIn && memberIn;
  const who = memberSsh ? "its owner and a member with GitLab's key" : 'its owner';
  if (well) console.log(`OK: ${content.fqdn} is ${content.address} by DNS and lets in ${who} by SSH (${sinceStart()})`);
  return well ? 0 : 1;
}
