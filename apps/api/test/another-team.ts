import { randomUUID } from 'node:crypto';
import { newToken } from '@lxdm/crypto';
import { ApiUnderTest, ZONE } from './api-under-test';

/** What is in every name of the other team: no answer to a stranger may have it. */
export const MARK = 'zanzibar';

/** The ids of everything that a team has. */
export interface Team {
  owner: string;
  project: string;
  container: string;
  operation: string;
  session: string;
  token: string;
  sshKey: string;
  service: string;
  serviceToken: string;
  host: string;
  entry: string;
  entryValue: string;
  entryToken: string;
  staticEntry: string;
  zone: string;
  zoneKey: string;
  tsigKey: string;
  secondary: string;
}

/** A team with one of everything, all of it named after the mark; `host` is everybody's. */
export async function anotherTeam(api: ApiUnderTest, host: string, mark = MARK): Promise<Team> {
  const insert = async (sql: string, parameters: unknown[]): Promise<string> => {
    const [row] = await api.db.query(`${sql} RETURNING id`, parameters);
    return row.id as string;
  };
  const owner = await api.seeds.user(`${mark}-owner`);
  const project = await api.seeds.project(`${mark}-team`, { [owner]: 'owner' });
  await api.db.query(
    `UPDATE projects SET description = $2, gitlab_issuer = 'https://gitlab.example/', gitlab_group_id = 7, gitlab_group_path = $2 WHERE id = $1`,
    [project, `${mark}-group`],
  );
  const container = await api.seeds.container(`${mark}-web`, { hostId: host, projectId: project });
  await api.db.query('UPDATE containers SET description = $2 WHERE id = $1', [container, `${mark} words`]);
  const service = await insert(
    `INSERT INTO users (username, username_key, display_name, kind, approved_at) VALUES ($1, $1, $1, 'service', now())`,
    [`${mark}-service`],
  );
  await api.db.query(`INSERT INTO members (project_id, user_id, role) VALUES ($1, $2, 'operator')`, [project, service]);
  const tokenOf = (userId: string): Promise<string> =>
    insert(`INSERT INTO api_tokens (token_hash, user_id, name, scope) VALUES ($1, $2, $3, 'write')`, [
      newToken('lxdmt').hash,
      userId,
      `${mark}-token`,
    ]);
  const by = await api.browserOf(owner);
  const answer = await by.put(`/api/containers/${container}/state`, { action: 'stop' }).expect(202);
  const sshKey = await insert(
    `INSERT INTO ssh_keys (user_id, type, public_key, comment, fingerprint) VALUES ($1, 'ssh-ed25519', $2, $3, $4)`,
    [owner, `ssh-ed25519 AAAA ${mark}`, `${mark}@laptop`, `SHA256:${randomUUID()}`],
  );
  const entry = await insert(
    `INSERT INTO dynamic_entries (zone, title, template, owner, type, ttl) VALUES ($1, $2, $3, $4, 16, 60)`,
    [ZONE, `${mark} entry`, `${mark} TXT "%s"`, `${mark}.${ZONE}`],
  );
  await api.db.query('INSERT INTO dynamic_entry_owners (entry_id, user_id) VALUES ($1, $2)', [entry, owner]);
  const entryValue = await insert(
    `INSERT INTO zone_records (zone, owner, type, ttl, rdata, source, dynamic_entry_id, value) VALUES ($1, $2, 16, 60, $3, 'dynamic', $4, $5)`,
    [ZONE, `${mark}.${ZONE}`, Buffer.from(`${String.fromCharCode(mark.length)}${mark}`), entry, mark],
  );
  const entryToken = await insert(
    `INSERT INTO dynamic_tokens (entry_id, name, token_hash, created_by_id) VALUES ($1, $2, $3, $4)`,
    [entry, `${mark}-entry-token`, newToken('lxdme').hash, owner],
  );
  await api.db.query(
    `INSERT INTO zones (name, kind, cidr) VALUES ('100.51.198.in-addr.arpa.', 'reverse', '198.51.100.0/24')`,
  );
  return {
    owner,
    project,
    container,
    operation: answer.body.id,
    session: by.session.sessionId,
    token: await tokenOf(owner),
    sshKey,
    service,
    serviceToken: await tokenOf(service),
    zone: '100.51.198.in-addr.arpa.',
    zoneKey: await insert('INSERT INTO zone_keys (zone, dnskey, private_key_sealed) VALUES ($1, $2, $3)', [
      '100.51.198.in-addr.arpa.',
      Buffer.from('0101030d', 'hex'),
      'sealed',
    ]),
    tsigKey: await insert('INSERT INTO tsig_keys (name, algorithm, secret_sealed) VALUES ($1, $2, $3)', [
      `${mark}.example.`,
      'hmac-sha256',
      'sealed',
    ]),
    secondary: await insert(`INSERT INTO secondaries (name, address) VALUES ($1, '198.51.100.53')`, [`${mark} two`]),
    staticEntry: await insert('INSERT INTO static_entries (zone, title, text) VALUES ($1, $2, $3)', [
      ZONE,
      `${mark} mail`,
      `; ${mark}`,
    ]),
    host,
    entry,
    entryValue,
    entryToken,
  };
}
