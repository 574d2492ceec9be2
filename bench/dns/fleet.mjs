// @ts-check
/** The same names for everybody: as containers in our database, as zone-file text, as rows for PowerDNS, and as questions. */
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import pg from 'pg';
import { inRoot } from '../../tools/workspace.mjs';

const require = createRequire(import.meta.url);

export const ZONE = 'ct.example.org.';
const QUESTIONS = 100_000;
/** Share of the questions that ask for a name that is not there. */
const MISSING = 0.05;

/** @param {number} i */
export const nameOf = (i) => `machine-${i}`;
/** @param {number} i */
const v4 = (i) => `10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`;
/** @param {number} i */
const v6 = (i) => `2001:db8:100::${(i >> 16).toString(16)}:${(i & 0xffff).toString(16)}`;

/**
 * A database of the manager's with so many containers, each with two published addresses.
 * @param {string} serverUrl @param {string} database @param {number} count @returns {Promise<{url: string, readerUrl: string}>}
 */
export async function managersDatabase(serverUrl, database, count) {
  const url = await emptyDatabase(serverUrl, database);
  const { migrate } = require(inRoot('libs', 'entities', 'dist', 'index.js'));
  const reader = { name: `${database}_reader`, password: 'bench' };
  await migrate(url, ZONE, reader);
  await withClient(url, async (client) => {
    await client.query(
      `INSERT INTO hosts (name, name_key, url) VALUES ('bench', 'bench', 'https://host.example:8443')`,
    );
    await client.query(
      `INSERT INTO containers (name, name_key, host_id, image, hwaddr_eth0, hwaddr_eth1, power, observed_status, created_on_host_at, observed_at, observed_generation)
       SELECT 'machine-' || i, 'machine-' || i, (SELECT id FROM hosts), 'debian/12', '', '', 'running', 'Running', now(), now(), 1 FROM generate_series(1, $1::int) i`,
      [count],
    );
    await client.query(
      `WITH numbered AS (SELECT id, substr(name, 9)::int AS i FROM containers)
       INSERT INTO addresses (container_id, interface, address, family, published, present, observed_at)
       SELECT id, 'eth1', '10.0.0.0'::inet + i, 4, true, true, now() FROM numbered
       UNION ALL SELECT id, 'eth1', '2001:db8:100::'::inet + i, 6, true, true, now() FROM numbered`,
    );
    await client.query('ANALYZE');
  });
  const readers = new URL(url);
  readers.username = reader.name;
  readers.password = reader.password;
  return { url, readerUrl: readers.href };
}

/** The zone as text that Knot and NSD load. @param {string} file @param {number} count */
export function writeZone(file, count) {
  const lines = [
    `$ORIGIN ${ZONE}`,
    '$TTL 60',
    `@ 300 SOA ns.example.org. hostmaster 1 3600 600 864000 60`,
    '@ 300 NS ns.example.org.',
  ];
  for (let i = 1; i <= count; i++) lines.push(`${nameOf(i)} A ${v4(i)}`, `${nameOf(i)} AAAA ${v6(i)}`);
  writeFileSync(file, `${lines.join('\n')}\n`);
}

/** PowerDNS's own tables with the same records. @param {string} serverUrl @param {string} schema its file @param {string} schemaSql @param {number} count */
export async function powerdnsDatabase(serverUrl, schema, schemaSql, count) {
  const url = await emptyDatabase(serverUrl, schema);
  const zone = ZONE.slice(0, -1);
  await withClient(url, async (client) => {
    await client.query(schemaSql);
    await client.query(`INSERT INTO domains (name, type) VALUES ($1, 'NATIVE')`, [zone]);
    await client.query(
      `INSERT INTO records (domain_id, name, type, content, ttl, auth) VALUES
       (1, $1::text, 'SOA', 'ns.example.org hostmaster.' || $1::text || ' 1 3600 600 864000 60', 300, true), (1, $1::text, 'NS', 'ns.example.org', 300, true)`,
      [zone],
    );
    await client.query(
      `INSERT INTO records (domain_id, name, type, content, ttl, auth)
       SELECT 1, 'machine-' || i || '.' || $1::text, 'A', host('10.0.0.0'::inet + i), 60, true FROM generate_series(1, $2::int) i
       UNION ALL SELECT 1, 'machine-' || i || '.' || $1::text, 'AAAA', host('2001:db8:100::'::inet + i), 60, true FROM generate_series(1, $2::int) i`,
      [zone, count],
    );
    await client.query('ANALYZE');
  });
  return url;
}

/** The questions, as dnsperf reads them: any of the names, A or AAAA, and some that nobody has. @param {string} file @param {number} count */
export function writeQuestions(file, count) {
  const zone = ZONE.slice(0, -1);
  let state = 4711;
  // The same questions in every run.
  const random = () => (state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff) / 0x80000000;
  const lines = Array.from({ length: QUESTIONS }, (_, n) => {
    const name = random() < MISSING ? `missing-${n}` : nameOf(1 + Math.floor(random() * count));
    return `${name}.${zone} ${random() < 0.5 ? 'A' : 'AAAA'}`;
  });
  writeFileSync(file, `${lines.join('\n')}\n`);
}

/** @param {string} serverUrl @param {string} database */
async function emptyDatabase(serverUrl, database) {
  await withClient(serverUrl, (client) => client.query(`CREATE DATABASE ${database}`));
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  return url.href;
}

/** @param {string} url @param {(client: pg.Client) => Promise<unknown>} work */
async function withClient(url, work) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
