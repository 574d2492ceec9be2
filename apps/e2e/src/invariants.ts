import { Client } from 'pg';
import { Api, ContainerDto, OperationDto } from './api';
import { eventually } from './eventually';
import { Lab, lxc } from './lab';
import { Manager } from './manager';

/** What must hold once a fault is over, however it went: see docs/reliability.md. */
export async function expectInvariants(manager: Manager, api: Api, lab: Lab, prefix: string): Promise<void> {
  await eventually(
    'every operation to be final',
    async () => {
      const pages = await Promise.all(
        ['Pending', 'Running'].map((status) =>
          api.call<{ items: OperationDto[] }>('GET', `/operations?status=${status}&pageSize=100`),
        ),
      );
      const outstanding = pages.flatMap((page) => page.body.items);
      if (outstanding.length > 0)
        throw new Error(outstanding.map((one) => `${one.type} ${one.target.name} ${one.status}`).join(', '));
      return true;
    },
    60_000,
  );
  const rows = (await api.containers()).filter((row) => row.name.startsWith(prefix));
  for (const host of lab.hosts) expect(instancesOf(host.name, prefix)).toEqual(namesOn(rows, host.name));
  for (const row of rows.filter((one) => one.status === 'Running')) await expectOnePublishedAddress(manager, api, row);
  expect(new Set(rows.map((row) => row.name)).size).toBe(rows.length);
}

/** Checksums of what must never change by itself. */
export async function identities(manager: Manager, prefix: string): Promise<unknown[]> {
  const client = new Client({ connectionString: manager.environmentOf('worker', 'DATABASE_URL') });
  await client.connect();
  try {
    const { rows } = await client.query(
      `SELECT c.name, c.description, c.project_id, c.hwaddr_eth0, c.hwaddr_eth1, md5(string_agg(k.type || k.public_key || k.private_key_sealed, ',' ORDER BY k.type)) AS keys
       FROM containers c JOIN ssh_host_keys k ON k.container_id = c.id WHERE c.removed_at IS NULL AND c.name LIKE $1 GROUP BY c.id ORDER BY c.name`,
      [`${prefix}%`],
    );
    return rows;
  } finally {
    await client.end();
  }
}

async function expectOnePublishedAddress(manager: Manager, api: Api, row: ContainerDto): Promise<void> {
  const { fqdn, address } = await eventually(`the address of ${row.name}`, async () => {
    const container = await api.container(row.id);
    const seen = container.addresses.filter((entry) => entry.address.includes(':'));
    return seen.length === 1 ? { fqdn: container.fqdn, address: seen[0]?.address } : undefined;
  });
  expect(manager.dig(fqdn, 'AAAA')).toEqual([address]);
}

function instancesOf(host: string, prefix: string): string[] {
  const rows = JSON.parse(lxc(host, 'list', '--format', 'json')) as { name: string }[];
  return rows
    .map((row) => row.name)
    .filter((name) => name.startsWith(prefix))
    .sort();
}

function namesOn(rows: readonly ContainerDto[], host: string): string[] {
  return rows
    .filter((row) => row.host.name === host)
    .map((row) => row.name)
    .sort();
}
