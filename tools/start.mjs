// @ts-check
/** `npm start`: the manager on this machine until Ctrl-C. */
import { bootstrap } from './bootstrap.mjs';
import { say, sinceStart } from './progress.mjs';
import { interrupted } from './shutdown.mjs';
import { Stack, checkedSettings } from './stack.mjs';

/** Runs until it is interrupted (0) or a process keeps dying (1). @returns {Promise<number>} */
export async function start() {
  const settings = await checkedSettings();
  await bootstrap();
  return whileRunning(settings, async ({ console: address, admin }) => {
    say(`\nLXD Manager is ready (${sinceStart()}): ${address}`);
    say(signIn(admin));
    say(
      `Name server: ${settings.bind} port ${settings.dnsPort}, zone ${settings.zone}   Logs: ${settings.dataDir}/log   Stop: Ctrl-C\n`,
    );
  });
}

/** How to sign in; a generated password is shown once. @param {import('./stack.mjs').Admin} admin */
export function signIn({ password, from, file }) {
  switch (from) {
    case 'setting':
      return 'Sign in as admin with the password of LXDM_ADMIN_PASSWORD (if the account was made with it).';
    case 'generated':
      return `Sign in as admin, password ${password} (kept in ${file})`;
    case 'file':
      return `Sign in as admin; the first password is kept in ${file}`;
    case 'elsewhere':
      return 'There is an admin already; "npm run cli -- createsuperuser" gives one a new password.';
  }
}

/**
 * Starts everything, hands over, and ends everything again whatever happens.
 * @param {import('./settings.mjs').Settings} settings
 * @param {(started: import('./stack.mjs').Started, signal: AbortSignal) => Promise<number | void>} body a number ends it with this exit code
 * @param {{before?: (signal: AbortSignal) => Promise<void>, after?: () => Promise<void>}} [around]
 * @returns {Promise<number>}
 */
export async function whileRunning(settings, body, around = {}) {
  const abort = new AbortController();
  /** @type {(code: number) => void} */
  let finish = () => undefined;
  /** @type {Promise<number>} */
  const finished = new Promise((resolve) => (finish = resolve));
  void interrupted().then(() => {
    say('\nStopping …');
    abort.abort();
    finish(0);
  });
  const stack = new Stack(settings, (reason) => {
    say(`\n${reason}`);
    finish(1);
  });
  const work = (async () => {
    await around.before?.(abort.signal);
    if (abort.signal.aborted) return;
    const code = await body(await stack.start(), abort.signal);
    if (typeof code === 'number') finish(code);
  })();
  work.catch((error) => {
    if (abort.signal.aborted) return;
    say(`\n${error.expected ? error.message : error.stack}`);
    finish(1);
  });
  const code = await finished;
  await stack.stop();
  await work.catch(() => undefined); // what was under way when it was interrupted may still have started something
  await stack.stop();
  await around.after?.();
  say('Stopped.');
  return code;
}
