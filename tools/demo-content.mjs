// @ts-check
/** What the demo shows, made through the API: the lab's hosts, a first project and a first container. What exists already is left as it is. */
import { spawnSync } from 'node:child_process';
import { Resolver } from 'node:dns/promises';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { step } from './progress.mjs';
import { ExpectedError } from './workspace.mjs';

/** @typedef {import('./api-session.mjs').ApiSession} ApiSession */
/** @typedef {{id: string, name: string, url: string, state: string, stateReason: string | null, fingerprint: string | null}} Host */
/** @typedef {{address: string, interface: string, state?: string}} Address */
/** @typedef {{id: string, name: string, fqdn: string, status: string, pending?: boolean, project: {id: string} | null, addresses: Address[], hostKeys: {type: string, publicKey: string}[]}} Container */
/** @typedef {{fqdn: string, address: string, keyFile: string, knownHosts: string, projectId: string}} Content */

const containerName = 'first';
const ownName = /^first(-\d+)?$/;
const projectName = 'Demo';

/**
 * @param {ApiSession} api @param {import('./lab.mjs').Lab} lab @param {import('./settings.mjs').Settings} settings
 * @returns {Promise<Content>}
 */
export async function demoContent(api, lab, settings) {
  const folder = join(settings.dataDir, 'demo');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const hosts = [];
  for (const host of lab.hosts)
    hosts.push(await step(`host ${host.name}`, (report) => registeredHost(api, host, lab, report)));
  const first = hosts[0];
  if (!first) throw new ExpectedError('The lab has no host.');
  const keyFile = join(folder, 'id_ed25519');
  await step('SSH key in the profile', () => registeredKey(api, keyFile));
  /** @type {Container} */
  const container = await step(`container ${containerName}`, async (report) => {
    const found = await runningContainer(api, first, lab.image, report);
    await nameServerAnswers(api, found, settings, report);
    await sshListens(api, found, report);
    return found;
  });
  const knownHosts = join(folder, 'known_hosts');
  const fqdn = container.fqdn.replace(/\.$/, '');
  writeFileSync(
    knownHosts,
    container.hostKeys.map((key) => `${fqdn} ${key.publicKey.split(' ').slice(0, 2).join(' ')}\n`).join(''),
    { mode: 0o600 },
  );
  return { fqdn, address: sixth(container), keyFile, knownHosts, projectId: container.project?.id ?? '' };
}

/** @param {ApiSession} api @param {import('./lab.mjs').LabHost} host @param {import('./lab.mjs').Lab} lab @param {(detail: string) => void} report @returns {Promise<Host>} */
async function registeredHost(api, host, lab, report) {
  const known = /** @type {Host[]} */ (await api.call('GET', '/hosts')).find(
    ({ url }) => new URL(url).host === new URL(host.url).host,
  );
  if (known && known.fingerprint !== host.fingerprint) {
    report('the lab was made anew: the host of before is removed from the manager');
    await api.settled(await api.call('DELETE', `/hosts/${known.id}?force=true`), report);
  }
  if (!known || known.fingerprint !== host.fingerprint) {
    const wanted = {
      name: host.name,
      url: host.url,
      trustPassword: host.trustPassword,
      fingerprint: host.fingerprint,
      subnets: lab.subnets,
    };
    await api.settled(await api.call('POST', '/hosts', wanted), report);
  }
  return api.eventually(async () => {
    const now = /** @type {Host[]} */ (await api.call('GET', '/hosts')).find(
      ({ name }) => name === (known?.name ?? host.name),
    );
    report(now?.stateReason ?? now?.state ?? 'not listed');
    return now?.state === 'Online' ? now : undefined;
  }, `host ${host.name} online`);
}

/** @param {ApiSession} api @param {string} keyFile */
async function registeredKey(api, keyFile) {
  if (!existsSync(keyFile)) {
    const made = spawnSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'lxd-manager-demo', '-f', keyFile], {
      encoding: 'utf8',
    });
    if (made.status !== 0) throw new ExpectedError(`ssh-keygen failed: ${made.stderr || made.error}`);
  }
  const publicKey = readFileSync(`${keyFile}.pub`, 'utf8').trim();
  const same = publicKey.split(' ')[1] ?? '';
  const keys = /** @type {{publicKey: string}[]} */ (await api.call('GET', '/profile/ssh-keys'));
  if (!keys.some((key) => key.publicKey.includes(same))) await api.call('POST', '/profile/ssh-keys', { publicKey });
}

/** @param {ApiSession} api @param {Host} host @param {string} image @param {(detail: string) => void} report @returns {Promise<Container>} */
async function runningContainer(api, host, image, report) {
  const list = async () => {
    const page = /** @type {{items: Container[]}} */ (
      await api.call('GET', `/containers?filter=${containerName}&pageSize=100`)
    );
    // One that no project owns was found on the host: an earlier manager made it, and only that one knows its host keys.
    const ours = page.items.filter(({ name, project }) => project !== null && ownName.test(name));
    return { found: ours[0], taken: page.items.map(({ name }) => name) };
  };
  let { found, taken } = await list();
  if (found?.status === 'Missing') {
    report('the lab was made anew: the container of before is removed from the manager');
    await api.settled(await api.call('DELETE', `/containers/${found.id}?force=true`), report);
    found = undefined;
  }
  if (!found) {
    await imageThere(api, host, image, report);
    const wanted = {
      name: freeName(taken),
      hostId: host.id,
      image,
      projectId: await project(api),
      description: 'Made by npm run demo',
      start: true,
    };
    await api.settled(await api.call('POST', '/containers', wanted), report);
  }
  return api.eventually(async () => {
    const now = (await list()).found;
    if (!now) return undefined;
    report(now.status === 'Running' ? 'running, waits for its IPv6 address' : now.status.toLowerCase());
    if (now.status === 'Stopped' && !now.pending)
      await api.settled(await api.call('PUT', `/containers/${now.id}/state`, { action: 'start' }), report);
    return now.status === 'Running' && sixth(now)
      ? /** @type {Container} */ (await api.call('GET', `/containers/${now.id}`))
      : undefined;
  }, `container ${containerName} running with an IPv6 address`);
}

/** The first name that no container has. @param {string[]} taken */
function freeName(taken) {
  let name = containerName;
  for (let number = 2; taken.includes(name); number++) name = `${containerName}-${number}`;
  return name;
}

/** @param {Container} container */
const sixth = (container) =>
  container.addresses.find(({ address, state }) => address.includes(':') && !state)?.address ?? '';

/** @param {ApiSession} api @returns {Promise<string>} */
async function project(api) {
  const all = /** @type {{id: string, name: string}[]} */ (await api.call('GET', '/projects'));
  const found =
    all.find(({ name }) => name === projectName) ??
    (await api.call('POST', '/projects', { name: projectName, description: 'The first project' }));
  return /** @type {{id: string}} */ (found).id;
}

/** @param {ApiSession} api @param {Host} host @param {string} image @param {(detail: string) => void} report */
function imageThere(api, host, image, report) {
  return api.eventually(async () => {
    const images = /** @type {{aliases: string[]}[]} */ (await api.call('GET', `/hosts/${host.id}/images`));
    report(`waits for the list of images of ${host.name}`);
    return images.some(({ aliases }) => aliases.includes(image)) || undefined;
  }, `image ${image} on ${host.name}`);
}

/** @param {ApiSession} api @param {Container} container @param {import('./settings.mjs').Settings} settings @param {(detail: string) => void} report */
function nameServerAnswers(api, container, settings, report) {
  const resolver = new Resolver({ timeout: 1000, tries: 1 });
  resolver.setServers([nameServer(settings)]);
  return api.eventually(async () => {
    report('waits for its name in DNS');
    const answers = await resolver.resolve6(container.fqdn.replace(/\.$/, '')).catch(() => []);
    return answers.length > 0 || undefined;
  }, `AAAA record of ${container.fqdn}`);
}

/** @param {import('./settings.mjs').Settings} settings */
function nameServer({ bind, dnsPort }) {
  if (bind === '0.0.0.0') return `127.0.0.1:${dnsPort}`;
  if (bind === '::') return `[::1]:${dnsPort}`;
  return bind.includes(':') ? `[${bind}]:${dnsPort}` : `${bind}:${dnsPort}`;
}

/** @param {ApiSession} api @param {Container} container @param {(detail: string) => void} report */
function sshListens(api, container, report) {
  const once = () =>
    new Promise((/** @type {(yes: true | undefined) => void} */ resolve) => {
      const socket = connect({ host: sixth(container), port: 22, timeout: 1000 });
      const end = (/** @type {true | undefined} */ answer) => {
        socket.destroy();
        resolve(answer);
      };
      socket.once('data', () => end(true)); // the banner: the server has its host keys
      socket.once('error', () => end(undefined));
      socket.once('timeout', () => end(undefined));
    });
  report('waits for its SSH server');
  return api.eventually(once, `SSH server of ${container.fqdn}`);
}
