import { createHash } from 'node:crypto';
import { eui64, FakeInstance } from '@lxdm/testing';
import type { ManagedHost } from './managed-host';
import { untilNone } from './until';
import type { World } from './world';

/** What may never change of a container, whatever happens around it. */
export type Identities = ReadonlyMap<string, string>;

interface LiveRow {
  id: string;
  hostId: string;
  name: string;
  adopted: boolean;
  created: boolean;
  missing: boolean;
  status: string | null;
  published: string[];
}

/** A checksum of each container's host keys, description, project and network, in the database and on its host. */
export async function identities(world: World): Promise<Identities> {
  const rows = await world.query<{ id: string; hostId: string; name: string; kept: string; keys: number }>(
    `SELECT id, host_id AS "hostId", name, md5(concat_ws('|', description, project_id, hwaddr_eth0, hwaddr_eth1,
       (SELECT string_agg(type || public_key || private_key_sealed || fingerprint, ',' ORDER BY type) FROM ssh_host_keys WHERE container_id = c.id))) AS kept,
       (SELECT count(*)::int FROM ssh_host_keys WHERE container_id = c.id) AS keys FROM containers c WHERE removed_at IS NULL`,
  );
  const found = new Map<string, string>();
  for (const row of rows) {
    // Keys that were not made yet are none to keep.
    if (row.keys > 0) found.set(`row ${row.id}`, row.kept);
    const instance = world.hosts.find(({ id }) => id === row.hostId)?.fake.instances.get(row.name);
    if (instance) found.set(`instance ${row.id}`, checksum(instance));
  }
  return found;
}

/**
 * Holds the invariants of docs/reliability.md against the database and the hosts; waits a while for what may come late (a scan).
 * @param before the identities from before the fault
 */
export function violations(world: World, before: Identities = new Map()): Promise<string[]> {
  return untilNone(async () => [
    ...(await unfinished(world)),
    ...(await inventory(world)),
    ...(await doubles(world)),
    ...(await changedIdentities(world, before)),
    ...(await addresses(world)),
    ...world.processes.flatMap((one) => one.faults()),
  ]);
}

/** The operations that have not ended yet. */
export async function outstanding(world: World): Promise<string[]> {
  const rows = await world.query<{ what: string }>(
    `SELECT concat(o.type, ' of ', o.target_name, ' is ', o.status, ' ', o.steps -> -1, ' lease ', c.lease_until - now(), ' fence ', c.lease_fence,
       ' next ', c.next_attempt_at - now(), ' attempts ', c.attempts) AS what
     FROM operations o LEFT JOIN containers c ON c.id = o.target_id WHERE o.status IN ('Pending', 'Running')`,
  );
  return rows.map(({ what }) => what);
}

/** 1. Every accepted operation is final, with a reason where it failed. */
async function unfinished(world: World): Promise<string[]> {
  const rows = await world.query<{ what: string }>(
    `SELECT concat(type, ' of ', target_name, ' is ', status, ' ', error_message) AS what FROM operations
     WHERE status IN ('Pending', 'Running') OR (status <> 'Success' AND coalesce(error_message, '') = '') OR finished_at IS NULL`,
  );
  return rows.map(({ what }) => what);
}

/** 2. The containers on a host are its live rows; a difference shows as missing, never as silence. */
async function inventory(world: World): Promise<string[]> {
  const rows = await live(world);
  return world.hosts.flatMap((host) => {
    const known = rows.filter((row) => row.hostId === host.id);
    const there = [...host.fake.instances.keys()];
    const unseen = there
      .filter((name) => !known.some((row) => row.name === name))
      .map((name) => `${name} is not shown`);
    const lost = known
      .filter((row) => row.created && !row.missing && !host.fake.instances.has(row.name))
      .map((row) => `${row.name} is not on its host and not shown as missing`);
    const wrong = known.flatMap((row) => {
      const instance = host.fake.instances.get(row.name);
      const ours = instance && (row.adopted || instance.config['user.lxd-manager.id'] === row.id);
      return ours && row.status !== instance.status
        ? [`${row.name} is ${instance.status}, shown as ${row.status}`]
        : [];
    });
    return [...unseen, ...lost, ...wrong];
  });
}

/** 3. One container per host and name; never two with the same identity, address or host keys. */
async function doubles(world: World): Promise<string[]> {
  const rows = await live(world);
  const instances = world.hosts.flatMap(({ fake }) => [...fake.instances.values()]);
  return [
    ...repeated(
      'row',
      rows.map((row) => `${row.hostId} ${row.name}`),
    ),
    ...repeated(
      'identity',
      instances.map((instance) => instance.config['user.lxd-manager.id']),
    ),
    ...repeated(
      'hardware address',
      instances.map((instance) => instance.config['volatile.eth1.hwaddr']),
    ),
    ...repeated(
      'host keys',
      instances.map((instance) => instance.config['user.vendor-data']),
    ),
    ...repeated(
      'published address',
      rows.flatMap((row) => row.published),
    ),
  ];
}

/** 4. Host keys, description, project and network of every container that is still there are what they were. */
async function changedIdentities(world: World, before: Identities): Promise<string[]> {
  const after = await identities(world);
  return [...before].flatMap(([key, value]) => ((after.get(key) ?? value) === value ? [] : [`${key} was changed`]));
}

/** 5. A running container is published under its own address and nothing else; a row that is gone holds none. */
async function addresses(world: World): Promise<string[]> {
  const [leaked] = await world.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM addresses a JOIN containers c ON c.id = a.container_id WHERE c.removed_at IS NOT NULL',
  );
  const wrong = (await live(world)).flatMap((row) => {
    const host = world.hosts.find(({ id }) => id === row.hostId);
    const own = host && ownAddress(host, row);
    // A missing container keeps its address: nobody else is to get it while it may come back.
    if (row.missing) return [];
    const foreign = row.published.filter((address) => address !== own);
    const running = host?.fake.instances.get(row.name)?.status === 'Running';
    const lacking = running && own !== undefined && !row.published.includes(own) ? ['is not published'] : [];
    return [...foreign.map((address) => `is published as ${address}`), ...lacking].map((what) => `${row.name} ${what}`);
  });
  return [...(leaked?.count ? [`${leaked.count} addresses of containers that are gone`] : []), ...wrong];
}

function ownAddress(host: ManagedHost, row: LiveRow): string | undefined {
  const instance = host.fake.instances.get(row.name);
  const hwaddr = instance?.config['volatile.eth1.hwaddr'];
  return hwaddr && instance.getsAddress ? eui64(host.prefix, hwaddr) : undefined;
}

function live(world: World): Promise<LiveRow[]> {
  return world.query<LiveRow>(
    `SELECT c.id, c.host_id AS "hostId", c.name, c.adopted, c.created_on_host_at IS NOT NULL AS created, c.missing_since IS NOT NULL AS missing,
       c.observed_status AS status, ARRAY(SELECT host(address) FROM addresses a WHERE a.container_id = c.id AND a.published) AS published
     FROM containers c JOIN hosts h ON h.id = c.host_id WHERE c.removed_at IS NULL AND h.removed_at IS NULL`,
  );
}

function repeated(what: string, values: readonly (string | undefined)[]): string[] {
  const seen = new Set<string>();
  return values.flatMap((value) => {
    if (value === undefined || value === '') return [];
    if (seen.has(value)) return [`twice: ${what} ${value.slice(0, 80)}`];
    seen.add(value);
    return [];
  });
}

function checksum({ config }: FakeInstance): string {
  const kept = Object.entries(config).filter(([key]) => key.startsWith('user.') || key.endsWith('.hwaddr'));
  return createHash('md5').update(JSON.stringify(kept.sort())).digest('hex');
}
