// @ts-check
/** A whole sync of a host with twenty running containers beside the bare recursion=2 call that it consists of, on a real LXD of the lab. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { inRoot } from '../tools/workspace.mjs';
import { percentile, sideBySide } from './figures.mjs';

const require = createRequire(import.meta.url);
const COUNT = 20;

/** @typedef {{url: string, name: string, fingerprint: string, trustPassword: string}} LabHost */

/** The lab's state, brought up if need be. @returns {{hosts: LabHost[], subnets: string[], image: string} | undefined} undefined where no lab can run */
function lab() {
  try {
    execFileSync('bash', [inRoot('lab', 'lab'), 'up'], { stdio: ['ignore', 2, 2] });
    return JSON.parse(execFileSync('bash', [inRoot('lab', 'lab'), 'status', '--json'], { encoding: 'utf8' }));
  } catch (error) {
    console.error(`The lab cannot run here: ${error instanceof Error ? error.message : error}`);
    return undefined;
  }
}

/**
 * @param {import('./running-stack.mjs').RunningStack} stack
 * @param {import('../tools/api-session.mjs').ApiSession} session
 * @returns {Promise<{accepted: number, ratio: number, sync: number, bare: number} | undefined>}
 */
export async function hostSync(stack, session) {
  const fleet = lab();
  const target = fleet?.hosts[0];
  if (!fleet || !target) return undefined;
  const quiet = () => undefined;
  const added = await session.settled(
    await session.call('POST', '/hosts', {
      name: target.name,
      url: target.url,
      trustPassword: target.trustPassword,
      fingerprint: target.fingerprint,
      subnets: fleet.subnets,
    }),
    quiet,
  );
  const hostId = added.target?.id ?? '';
  await session.eventually(async () => {
    const images = /** @type {{aliases: string[]}[]} */ (await session.call('GET', `/hosts/${hostId}/images`));
    return images.some((image) => image.aliases.includes(fleet.image)) || undefined;
  }, 'the images of the host');
  const created = [];
  try {
    const accepted = [];
    const times = [];
    for (let number = 1; number <= COUNT; number++) {
      const start = performance.now();
      accepted.push(await session.call('POST', '/containers', { name: `bench-${number}`, hostId, image: fleet.image }));
      times.push(performance.now() - start);
    }
    for (const operation of accepted) created.push((await session.settled(operation, quiet)).target?.id ?? '');
    return { accepted: percentile(times, 0.5), ...(await measure(stack, hostId, target)) };
  } finally {
    const deletions = await Promise.all(created.map((id) => session.call('DELETE', `/containers/${id}?force=true`)));
    for (const operation of deletions) await session.settled(operation, quiet);
  }
}

/** @param {import('./running-stack.mjs').RunningStack} stack @param {string} hostId @param {LabHost} target */
async function measure(stack, hostId, target) {
  const entities = require(inRoot('libs/entities/dist/index.js'));
  const { LxdHost } = require(inRoot('libs/lxd-client/dist/index.js'));
  const { HostSync } = require(inRoot('apps/worker/dist/hosts/host-sync.js'));
  const { AddressWatch } = require(inRoot('apps/worker/dist/hosts/address-watch.js'));
  const dataSource = await entities
    .createDataSource({ url: stack.environmentOf('worker', 'DATABASE_URL') })
    .initialize();
  const db = new entities.Transactor(dataSource);
  const client = new LxdHost({
    url: target.url,
    pin: target.fingerprint,
    clientCert: readFileSync(join(stack.dir, 'certs', 'lxd.crt'), 'utf8'),
    clientKey: readFileSync(join(stack.dir, 'certs', 'lxd.key'), 'utf8'),
  });
  const sync = new HostSync(
    new entities.HostObservationsRepository(
      db,
      new entities.OperationsRepository(db),
      new entities.AddressesRepository(),
    ),
    new entities.ContainerScansRepository(db, new entities.AddressesRepository()),
    { to: () => client },
    new AddressWatch(),
  );
  try {
    const bare = () => client.instances.list();
    const scan = () => sync.scan(hostId, false);
    await sideBySide(3, bare, scan);
    const running = (await bare()).filter(
      (/** @type {{status: string}} */ instance) => instance.status === 'Running',
    ).length;
    if (running < COUNT)
      throw new Error(`Only ${running} of ${COUNT} containers run: this would measure something else.`);
    const { one, other } = await sideBySide(30, bare, scan);
    const figures = { bare: percentile(one, 0.5), sync: percentile(other, 0.5) };
    return { ...figures, ratio: figures.sync / figures.bare };
  } finally {
    await client.close();
    await dataSource.destroy();
  }
}
