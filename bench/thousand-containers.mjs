// @ts-check
import { randomUUID } from 'node:crypto';
import pg from 'pg';

/**
 * Puts a host with a thousand running containers into the database, as scans would have found them.
 * @param {string} databaseUrl @param {number} count @returns {Promise<string>} the host's id
 */
export async function insertContainers(databaseUrl, count) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const host = randomUUID();
  try {
    await client.query(
      `INSERT INTO hosts (id, name, name_key, url, trusted, pin, seen_fingerprint, observed_generation, last_seen_at, deleted_at)
       VALUES ($1, 'bench', 'bench', 'https://127.0.0.1:1', true, repeat('a', 64), repeat('a', 64), 1, now(), NULL)`,
      [host],
    );
    await client.query(
      `WITH teams AS (INSERT INTO projects (name, name_key) SELECT 'team-' || n, 'team-' || n FROM generate_series(1, 20) n RETURNING id),
         numbered AS (SELECT id, row_number() OVER () AS n FROM teams)
       INSERT INTO containers (name, name_key, description, project_id, host_id, image, hwaddr_eth0, hwaddr_eth1, power, observed_status,
         created_on_host_at, observed_at, observed_generation)
       SELECT 'machine-' || i, 'machine-' || i, 'Container number ' || i, (SELECT id FROM numbered WHERE n = i % 20 + 1), $1, 'debian/12', '', '', 'running', 'Running',
         now(), now(), 1 FROM generate_series(1, $2::int) i`,
      [host, count],
    );
    await client.query(
      `INSERT INTO addresses (container_id, interface, address, family, published, present, observed_at)
       SELECT id, 'eth1', ('2001:db8:100::' || to_hex(row_number() OVER ()))::inet, 6, true, true, now() FROM containers WHERE host_id = $1
       UNION ALL SELECT id, 'eth0', '10.77.0.0'::inet + row_number() OVER (), 4, false, true, now() FROM containers WHERE host_id = $1`,
      [host],
    );
    // What autovacuum does within a minute after so many rows have come.
    await client.query('ANALYZE');
  } finally {
    await client.end();
  }
  return host;
}
