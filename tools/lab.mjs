// @ts-check
/** The lab of real LXD hosts (lab/), as the demo and the end-to-end tests use it. */
import { spawn, spawnSync } from 'node:child_process';
import { ExpectedError, inRoot } from './workspace.mjs';

/**
 * @typedef {{name: string, url: string, fingerprint: string, trustPassword: string, running: boolean}} LabHost
 * @typedef {{up: boolean, hosts: LabHost[], subnets: string[], image: string}} Lab
 */

/** Why the lab cannot run here, in a sentence, or undefined. Asked before anything long is begun. @returns {string | undefined} */
export function labRefusal() {
  if (process.platform !== 'linux') return 'The lab needs Linux.';
  if (process.getuid?.() !== 0) return "The lab makes network namespaces, which needs root's rights.";
  const script = `set -e; for part in settings say ability; do . "$1/$part.sh"; done; check_ability`;
  const asked = spawnSync('bash', ['-c', script, 'lab', inRoot('lab', 'lib')], { encoding: 'utf8' });
  if (asked.status === 0) return undefined;
  return (
    /cannot run here: (.+?)\.( `npm|$)/m.exec(asked.stderr)?.[1] ??
    `The lab cannot run here (${asked.stderr.trim().split('\n').at(-1)}).`
  );
}

/** @returns {Lab} */
export function labStatus() {
  const asked = spawnSync('bash', [inRoot('lab', 'lab'), 'status', '--json'], { encoding: 'utf8' });
  if (asked.status !== 0) throw new ExpectedError(`lab/lab status failed: ${asked.stderr.trim()}`);
  return JSON.parse(asked.stdout);
}

/** What the lab is, for people. @returns {string} */
export const labReport = () => spawnSync('bash', [inRoot('lab', 'lab'), 'status'], { encoding: 'utf8' }).stdout;

/** Runs a command of the lab, its progress shown; ends early when asked. @param {string[]} words @param {AbortSignal} [signal] @returns {Promise<void>} */
export function lab(words, signal) {
  return new Promise((resolve, reject) => {
    // In a session of its own: Ctrl-C must not tear it down half-way while we stop things in order.
    const child = spawn('bash', [inRoot('lab', 'lab'), ...words], { stdio: ['ignore', 2, 2], detached: true });
    const end = () => child.pid && process.kill(-child.pid, 'SIGTERM');
    signal?.addEventListener('abort', end, { once: true });
    child.once('error', reject);
    child.once('exit', (code) => {
      signal?.removeEventListener('abort', end);
      if (code === 0) resolve();
      else if (code === 3) reject(new ExpectedError('The lab cannot run on this machine (see above).'));
      else reject(new ExpectedError(`lab/lab ${words[0]} did not succeed (see above).`));
    });
  });
}
