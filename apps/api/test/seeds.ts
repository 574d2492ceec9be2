import { randomBytes, randomUUID } from 'node:crypto';
import type { createDataSource } from '@lxdm/entities';

type DataSource = ReturnType<typeof createDataSource>;
type Role = 'owner' | 'operator' | 'viewer';

/** Rows as other processes would have left them. */
export class Seeds {
  constructor(
    private readonly db: DataSource,
    private readonly passwordHash: string,
  ) {}

  async user(name: string, isAdmin = false, state: { approved?: boolean; blocked?: boolean } = {}): Promise<string> {
    const { approved = true, blocked = false } = state;
    const [row] = await this.db.query(
      `INSERT INTO users (username, username_key, display_name, password_hash, is_admin, approved_at, blocked_at)
       VALUES ($1, lower($1), $1, $2, $3, CASE WHEN $4 THEN now() END, CASE WHEN $5 THEN now() END) RETURNING id`,
      [name, this.passwordHash, isAdmin, approved, blocked],
    );
    return row.id as string;
  }

  async project(name: string, members: Record<string, Role> = {}): Promise<string> {
    const [row] = await this.db.query('INSERT INTO projects (name, name_key) VALUES ($1, lower($1)) RETURNING id', [
      name,
    ]);
    for (const [userId, role] of Object.entries(members))
      await this.db.query('INSERT INTO members (project_id, user_id, role) VALUES ($1, $2, $3)', [
        row.id,
        userId,
        role,
      ]);
    return row.id as string;
  }

  /** A host that is online and has the image "debian". */
  async host(name: string, changes: { trusted?: boolean; deleted?: boolean } = {}): Promise<string> {
    const { trusted = true, deleted = false } = changes;
    const pin = randomBytes(32).toString('hex');
    const [row] = await this.db.query(
      `INSERT INTO hosts (name, name_key, url, monitoring_url, pin, seen_fingerprint, trusted, generation, observed_generation, last_seen_at, server, server_version, deleted_at)
       VALUES ($1, lower($1), $2, 'https://monitoring.example.org/', $3, $3, $4, 1, 1, now(), 'lxd', '5.0.2', CASE WHEN $5 THEN now() END) RETURNING id`,
      [name, `https://${name}.example.org:8443`, pin, trusted, deleted],
    );
    await this.db.query('INSERT INTO images (host_id, fingerprint, aliases) VALUES ($1, $2, $3)', [
      row.id,
      'ab'.repeat(32),
      ['debian'],
    ]);
    return row.id as string;
  }

  /** A container that runs, with two addresses. */
  async container(
    name: string,
    of: { hostId: string; projectId: string | null },
    state: { observed?: string; generation?: number; adopted?: boolean } = {},
  ): Promise<string> {
    const { observed = 'Running', generation = 1, adopted = false } = state;
    const id = randomUUID();
    await this.db.query(
      `INSERT INTO containers (id, name, name_key, project_id, host_id, image, hwaddr_eth0, hwaddr_eth1, power, generation, observed_generation,
         observed_status, created_on_host_at, observed_at, adopted)
       VALUES ($1, $2, lower($2), $3, $4, 'debian', '00:16:3e:00:00:01', '00:16:3e:00:00:02', $5, $6, 1, $7, now(), now(), $8)`,
      [
        id,
        name,
        of.projectId,
        of.hostId,
        observed === 'Running' ? 'running' : 'stopped',
        generation,
        observed,
        adopted,
      ],
    );
    await this.db.query(
      `INSERT INTO addresses (container_id, interface, address, family, present, observed_at) VALUES ($1, 'eth0', '10.0.0.1', 4, true, now()), ($1, 'eth1', $2, 6, true, now())`,
      [
        id,
        `2001:db8:100:0:${randomBytes(6)
          .toString('hex')
          .replace(/(....)(?=.)/g, '$1:')}:1`,
      ],
    );
    return id;
  }
}
