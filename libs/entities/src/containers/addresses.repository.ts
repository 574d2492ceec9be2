import { canonicalAddress, JudgedAddress } from '@lxdm/domain';
import type { Tx } from '../database/sql-transactor';

/** The judged addresses of one container; empty when it has none at the moment. */
export interface SeenContainerAddresses {
  containerId: string;
  addresses: JudgedAddress[];
}

interface StoredAddress {
  id: string;
  containerId: string;
  interface: string;
  address: string;
  published: boolean;
  present: boolean;
  assigned: boolean;
}

interface AddedAddress extends JudgedAddress {
  containerId: string;
}

/** What has to be written so that the stored addresses are what was seen. */
interface AddressPlan {
  added: AddedAddress[];
  appeared: string[];
  /** Rows that are to be published from now on. */
  published: StoredAddress[];
  vanished: StoredAddress[];
  changed: Set<string>;
}

/** Whoever publishes an address that was not published before holds this until the commit, so that two never publish the same one. */
const PUBLISH_LOCK = 0x6c78646c;

/** Addresses as they are seen on hosts. */
export class AddressesRepository {
  /**
   * Makes the stored addresses what was seen: any number of containers in a handful of statements.
   * A published address stays published when it is not seen for a while; one that another container holds is not published twice.
   * @returns the containers whose addresses changed
   */
  async record(tx: Tx, seen: readonly SeenContainerAddresses[]): Promise<Set<string>> {
    const ids = seen.map((entry) => entry.containerId);
    const rows = await tx.query<StoredAddress>(
      `SELECT id, container_id AS "containerId", interface, host(address) AS address, published, present, assigned FROM addresses
       WHERE container_id = ANY($1) OR (published AND address = ANY($2::inet[])) ORDER BY id FOR UPDATE`,
      [ids, seen.flatMap((entry) => entry.addresses.filter((a) => a.published).map((a) => a.address))],
    );
    // Postgres writes some IPv6 addresses with a dotted part: compared as text, they would be new in every scan.
    const stored = rows.map((row) => ({ ...row, address: canonicalAddress(row.address) ?? row.address }));
    const plan = planOf(seen, stored);
    await this.yieldToPublishers(tx, plan);
    await this.write(tx, plan);
    const published = [...plan.published, ...plan.added.filter((address) => address.published)];
    if (published.length > 0) tx.zoneChanged({ containers: published.map((address) => address.containerId) });
    return plan.changed;
  }

  /** Drops every address of containers that are gone; their names are free in the zone. */
  async forget(tx: Tx, containerIds: readonly string[]): Promise<void> {
    if (containerIds.length === 0) return;
    await tx.query('DELETE FROM addresses WHERE container_id = ANY($1)', [containerIds]);
    tx.zoneChanged({ containers: containerIds });
  }

  /** Takes back what somebody else has published in the meantime. */
  private async yieldToPublishers(tx: Tx, plan: AddressPlan): Promise<void> {
    const claims = [...plan.published, ...plan.added.filter((address) => address.published)];
    if (claims.length === 0) return;
    await tx.query('SELECT pg_advisory_xact_lock($1)', [PUBLISH_LOCK]);
    const others = await tx.query<{ address: string }>(
      'SELECT host(address) AS address FROM addresses WHERE published AND address = ANY($1::inet[])',
      [claims.map((claim) => claim.address)],
    );
    const taken = new Set(others.map((other) => canonicalAddress(other.address)));
    plan.published = plan.published.filter((row) => !taken.has(row.address));
    plan.added = plan.added.map((a) => ({ ...a, published: a.published && !taken.has(a.address) }));
  }

  private async write(tx: Tx, { added, appeared, published, vanished }: AddressPlan): Promise<void> {
    if (added.length > 0)
      await tx.query(
        `INSERT INTO addresses (container_id, interface, address, family, published, present, observed_at)
         SELECT a.container_id, a.interface, a.address::inet, a.family, a.published, true, now()
         FROM jsonb_to_recordset($1::jsonb) AS a(container_id uuid, interface text, address text, family smallint, published boolean)`,
        [
          JSON.stringify(
            added.map((a) => ({
              container_id: a.containerId,
              interface: a.interface,
              address: a.address,
              family: a.family,
              published: a.published,
            })),
          ),
        ],
      );
    if (appeared.length + published.length > 0)
      await tx.query(
        `UPDATE addresses SET present = true, observed_at = now(), published = published OR id = ANY($2) WHERE id = ANY($1) OR id = ANY($2)`,
        [appeared, published.map((row) => row.id)],
      );
    const kept = vanished.filter((row) => row.published || row.assigned).map((row) => row.id);
    const dropped = vanished.filter((row) => !row.published && !row.assigned).map((row) => row.id);
    if (kept.length > 0) await tx.query('UPDATE addresses SET present = false WHERE id = ANY($1)', [kept]);
    if (dropped.length > 0) await tx.query('DELETE FROM addresses WHERE id = ANY($1)', [dropped]);
  }
}

function planOf(seen: readonly SeenContainerAddresses[], stored: readonly StoredAddress[]): AddressPlan {
  const plan: AddressPlan = { added: [], appeared: [], published: [], vanished: [], changed: new Set() };
  const publisher = new Map(stored.filter((row) => row.published).map((row) => [row.address, row.containerId]));
  const known = new Map(stored.map((row) => [keyOf(row.containerId, row), row]));
  for (const { containerId, addresses } of seen) {
    for (const address of addresses) {
      const published = address.published && (publisher.get(address.address) ?? containerId) === containerId;
      if (published) publisher.set(address.address, containerId);
      const row = known.get(keyOf(containerId, address));
      known.delete(keyOf(containerId, address));
      if (!row) plan.added.push({ ...address, published, containerId });
      else if (!row.present) plan.appeared.push(row.id);
      if (row && published && !row.published) plan.published.push(row);
      if (!row?.present || (published && !row.published)) plan.changed.add(containerId);
    }
  }
  const ours = new Set(seen.map((entry) => entry.containerId));
  plan.vanished = [...known.values()].filter((row) => ours.has(row.containerId) && row.present);
  for (const row of plan.vanished) plan.changed.add(row.containerId);
  return plan;
}

function keyOf(containerId: string, address: { interface: string; address: string }): string {
  return `${containerId} ${address.interface} ${address.address}`;
}
