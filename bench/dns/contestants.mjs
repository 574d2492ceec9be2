// @ts-check
/** Who is measured: each a server for the same zone, on one core, on a port of its own. */
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { inRoot } from '../../tools/workspace.mjs';
import { nameOf, powerdnsDatabase, writeZone, ZONE } from './fleet.mjs';
import { installed, Pinned } from './pinned.mjs';
import { Asker, freePort } from './wire.mjs';

const require = createRequire(import.meta.url);
const POWERDNS_SCHEMA = '/usr/share/pdns-backend-pgsql/schema/schema.pgsql.sql';

/** @typedef {{name: string, port: number, process: Pinned}} Contestant */
/** @typedef {{dir: string, serverUrl: string, count: number}} Place */

/** Our process, as the launcher starts it. @param {string} readerUrl @param {string} dir @returns {Promise<Contestant>} */
export async function ours(readerUrl, dir) {
  const { newKeyRing } = require(inRoot('libs', 'crypto', 'dist', 'index.js'));
  writeFileSync(join(dir, 'dns_encrypt'), newKeyRing(), { mode: 0o600 });
  const [port, metrics] = [await freePort(), await freePort()];
  const process = new Pinned(globalThis.process.execPath, [inRoot('apps', 'dns', 'dist', 'main.js')], {
    DATABASE_URL: readerUrl,
    LXDM_SECRETS_DIR: dir,
    LXDM_DNS_PORT: String(port),
    LXDM_METRICS_PORT: String(metrics),
    DNS_ZONE: ZONE,
    DNS_NAMESERVER: 'ns.example.org.',
    LXDM_LOG_LEVEL: 'warn',
  });
  return { name: 'ours', port, process };
}

/** @returns {Promise<Contestant>} */
export async function echo() {
  const port = await freePort();
  const process = new Pinned(globalThis.process.execPath, [inRoot('bench', 'dns', 'echo.mjs'), String(port)]);
  return { name: "Node's echo", port, process };
}

/** @param {Place} place @returns {Promise<Contestant>} */
async function knot({ dir, count }) {
  const port = await freePort();
  mkdirSync(join(dir, 'knot'));
  writeZone(join(dir, 'knot', 'zone'), count);
  const file = join(dir, 'knot', 'knot.conf');
  writeFileSync(
    file,
    `server:
  listen: 127.0.0.1@${port}
  rundir: ${join(dir, 'knot')}
  udp-workers: 1
  tcp-workers: 1
  background-workers: 1
control:
  listen: ${join(dir, 'knot', 'sock')}
database:
  storage: ${join(dir, 'knot', 'db')}
log:
- target: stderr
  any: error
zone:
- domain: ${ZONE}
  file: ${join(dir, 'knot', 'zone')}
  zonefile-sync: -1
  journal-content: none
`,
  );
  return { name: 'Knot', port, process: new Pinned('knotd', ['-c', file]) };
}

/** @param {Place} place @returns {Promise<Contestant>} */
async function nsd({ dir, count }) {
  const port = await freePort();
  const home = join(dir, 'nsd');
  mkdirSync(home);
  writeZone(join(home, 'zone'), count);
  const file = join(home, 'nsd.conf');
  writeFileSync(
    file,
    `server:
  ip-address: 127.0.0.1@${port}
  username: ""
  server-count: 1
  rrl-ratelimit: 0
  rrl-whitelist-ratelimit: 0
  database: ""
  zonesdir: "${home}"
  pidfile: "${home}/pid"
  xfrdfile: "${home}/xfrd"
  xfrdir: "${home}"
  zonelistfile: "${home}/zones"
remote-control:
  control-enable: no
zone:
  name: ${ZONE}
  zonefile: zone
`,
  );
  return { name: 'NSD', port, process: new Pinned('nsd', ['-d', '-c', file]) };
}

/** @param {Place} place @returns {Promise<Contestant>} */
async function powerdns({ dir, serverUrl, count }) {
  const port = await freePort();
  const url = new URL(await powerdnsDatabase(serverUrl, 'powerdns', readFileSync(POWERDNS_SCHEMA, 'utf8'), count));
  const home = join(dir, 'powerdns');
  mkdirSync(home);
  chmodSync(home, 0o700); // the password is in there
  writeFileSync(
    join(home, 'pdns.conf'),
    `launch=gpgsql
gpgsql-host=${url.hostname}
gpgsql-port=${url.port}
gpgsql-dbname=${url.pathname.slice(1)}
gpgsql-user=${url.username}
gpgsql-password=${decodeURIComponent(url.password)}
local-address=127.0.0.1
local-port=${port}
socket-dir=${home}
daemon=no
guardian=no
loglevel=3
security-poll-suffix=
`,
  );
  return { name: 'PowerDNS on Postgres', port, process: new Pinned('pdns_server', [`--config-dir=${home}`]) };
}

/** What Debian calls them, and what must be there. */
const others = [
  { program: 'pdns_server', packages: 'pdns-server pdns-backend-pgsql', start: powerdns },
  { program: 'knotd', packages: 'knot', start: knot },
  { program: 'nsd', packages: 'nsd', start: nsd },
];

/** The other servers that are installed; the rest is named and left out. @param {Place} place @returns {Promise<Contestant[]>} */
export async function competitors(place) {
  const found = [];
  for (const { program, packages, start } of others) {
    if (installed(program)) found.push(await start(place));
    else console.log(`left out: ${program} is not installed (apt-get install ${packages})`);
  }
  return found;
}

/** Waits until it answers. @param {Contestant} contestant @param {number} count */
export async function answers({ name, port, process }, count) {
  const asker = new Asker(port);
  try {
    // The echo finds nothing, but it answers.
    if (name === "Node's echo") while (!(await asker.ask(ZONE, 1, 100)));
    else await asker.untilFound(`${nameOf(count)}.${ZONE}`);
  } catch (error) {
    throw new Error(`${name} does not answer:\n${process.output}`, { cause: error });
  } finally {
    asker.close();
  }
}
