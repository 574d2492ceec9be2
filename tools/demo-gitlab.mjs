// @ts-check
/** The demo's GitLab: a stand-in on loopback that speaks real OAuth 2.0, with three people, and what they do before somebody looks. */
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiSession } from './api-session.mjs';
import { consoleAddress } from './programs.mjs';
import { portFaults } from './ports.mjs';
import { ExpectedError } from './workspace.mjs';

/** @typedef {import('./settings.mjs').Settings} Settings */
/** @typedef {{id: string, username: string, standing: string, gitlab: {issuer: string, username: string} | null}} Person */
/** @typedef {{url: string, tell: (command: string, ...words: unknown[]) => Promise<any>}} DemoGitlab */

/** The same numbers at each start: by them the manager knows people again. */
const people = [
  { username: 'admin', name: 'Ada Admin', id: 2 },
  { username: 'member', name: 'Max Member', id: 3 },
  { username: 'newcomer', name: 'Nora Newcomer', id: 4 },
];

/**
 * The settings with the stand-in, unless GITLAB_URL names a GitLab already. Makes its secrets and its people's SSH keys, and replaces none.
 * @param {Settings} settings @returns {Promise<Settings>}
 */
export async function withGitlab(settings) {
  if (settings.gitlabUrl) return settings;
  const port = settings.demoGitlabPort;
  const faults = await portFaults({ ...settings, gitlabStandIn: {} });
  if (faults.length > 0) throw new ExpectedError(faults.join('\n'));
  const folder = join(settings.dataDir, 'demo');
  for (const needed of [settings.secretsDir, folder]) mkdirSync(needed, { recursive: true, mode: 0o700 });
  const origin = new URL(consoleAddress(settings)).origin;
  const told = {
    port,
    clientId: secret(settings, 'gitlab_id'),
    clientSecret: secret(settings, 'gitlab_secret'),
    apiToken: secret(settings, 'gitlab_token'),
    hookToken: secret(settings, 'gitlab_hook'),
    controlKey: secret(settings, 'gitlab_secret'),
    // A person may type either of them.
    redirectUris: [origin, `http://localhost:${settings.httpPort}`, `http://127.0.0.1:${settings.httpPort}`].map(
      (one) => `${one}/social-auth/complete/gitlab/`,
    ),
    hookUrl: `${origin}/api/gitlab/hooks`,
    people: people.map((person) => ({ ...person, keys: [keyOf(folder, person.username)] })),
    groups: [{ path: 'team', members: { admin: 50, member: 30 } }],
  };
  return { ...settings, gitlabUrl: `http://127.0.0.1:${port}/`, gitlabStandIn: told };
}

/** @param {Settings} settings @param {string} name */
function secret(settings, name) {
  const file = join(settings.secretsDir, name);
  if (!existsSync(file)) writeFileSync(file, `${randomBytes(24).toString('hex')}\n`, { mode: 0o600 });
  return readFileSync(file, 'utf8').trim();
}

/** The private key with which somebody of the demo's GitLab logs in. @param {string} folder @param {string} username */
export const keyFileOf = (folder, username) => join(folder, `${username}_ed25519`);

/** @param {string} folder @param {string} username */
function keyOf(folder, username) {
  const file = keyFileOf(folder, username);
  if (!existsSync(file)) {
    const words = ['-q', '-t', 'ed25519', '-N', '', '-C', `${username}@gitlab-stand-in`, '-f', file];
    const made = spawnSync('ssh-keygen', words, { encoding: 'utf8' });
    if (made.status !== 0) throw new ExpectedError(`ssh-keygen failed: ${made.stderr || made.error}`);
  }
  return readFileSync(`${file}.pub`, 'utf8').trim();
}

/** Speaks with the running stand-in; undefined when the demo has none. @param {Settings} settings @returns {DemoGitlab | undefined} */
export function demoGitlab({ gitlabUrl, gitlabStandIn, ...settings }) {
  if (!gitlabStandIn || !gitlabUrl) return undefined;
  const key = secret({ gitlabUrl, ...settings }, 'gitlab_secret');
  return {
    url: gitlabUrl,
    tell: async (command, ...words) => {
      const response = await fetch(new URL('/control', gitlabUrl), {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ do: command, with: words }),
        signal: AbortSignal.timeout(30_000),
      });
      const answer = /** @type {{result?: unknown, message?: string}} */ (await response.json());
      if (!response.ok) throw new ExpectedError(`The stand-in for GitLab: ${answer.message}`);
      return answer.result;
    },
  };
}

/**
 * The admin links the account of GitLab; the member has signed in, is approved and works in the project; the newcomer has done nothing yet.
 * @param {DemoGitlab} gitlab @param {ApiSession} api of the admin, sudo on @param {string} projectId @param {AbortSignal} signal
 */
export async function introduced(gitlab, api, projectId, signal) {
  const walkAs = (/** @type {string} */ name) => (/** @type {string} */ url) => gitlab.tell('signIn', url, name);
  const known = async (/** @type {string} */ name) =>
    (await found(api, name)).find((one) => one.gitlab?.issuer === gitlab.url && one.gitlab.username === name);
  // Each time anew: the tokens of the last sign-in went with the stand-in that gave them.
  if (await known('admin')) await new ApiSession(api.origin, signal).signInWithGitlab(walkAs('admin'));
  else await api.signInWithGitlab(walkAs('admin'), '?link=1');
  await new ApiSession(api.origin, signal).signInWithGitlab(walkAs('member'));
  const member = await known('member');
  if (!member) throw new ExpectedError('The member has signed in with GitLab and is not among the people.');
  if (member.standing === 'waiting')
    await api.call('PUT', `/people/${member.id}/standing`, { standing: 'active', reason: 'member of the demo' });
  const project = /** @type {{members: {userId: string}[]}} */ (await api.call('GET', `/projects/${projectId}`));
  if (!project.members.some(({ userId }) => userId === member.id))
    await api.call('PUT', `/projects/${projectId}/members/${member.id}`, { role: 'operator' });
}

/** @param {ApiSession} api @param {string} name @returns {Promise<Person[]>} */
async function found(api, name) {
  const page = /** @type {{items: Person[]}} */ (await api.call('GET', `/people?filter=${name}&pageSize=100`));
  return page.items;
}
