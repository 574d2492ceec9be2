import type { JudgedAddress } from '@lxdm/domain';
import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/transactor';

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

/** Addresses as they are seen on hosts. */
@Injectable()
export class AddressesRepository {
  /**
   * Makes the stored addresses what was seen: any number of containers in four statements at most.
   * A published address stays published when it is not seen for a while; one that another container holds is not published twice.
   * @returns the containers whose addresses changed
   */
  async record(tx: Tx, seen: readonly SeenContainerAddresses[]): Promise<Set<string>> {
    const ids = seen.map((entry) => entry.containerId);
    const stored = await tx.query<StoredAddress>(
      `SELECT id, container_id AS "containerId", interface, host(address) AS address, published, present, assigned FROM addresses
       WHERE container_id = ANY($1) OR (published AND address = ANY($2::inet[])) ORDER BY id FOR UPDATE`,
      [ids, seen.flatMap((entry) => entry.addresses.filter((a) => a.published).map((a) => a.address))],
    );
    const publisher = new Map(stored.filter((row) => row.published).map((row) => [row.address, row.containerId]));
    const known = new Map(stored.map((row) => [keyOf(row.containerId, row), row]));
    const added: (JudgedAddress & { containerId: string })[] = [];
    const appeared: string[] = [];
    const newlyPublished: string[] = [];
    const changed = new Set<string>();
    for (const { containerId, addresses } of seen) {
      for (const address of addresses) {
        const published = address.published && (publisher.get(address.address) ?? containerId) === containerId;
        if (published) publisher.set(address.address, containerId);
        const row = known.get(keyOf(containerId, address));
        known.delete(keyOf(containerId, address));
        if (!row) added.push({ ...address, published, containerId });
        else if (!row.present) appeared.push(row.id);
        if (row && published && !row.published) newlyPublished.push(row.id);
        if (!row?.present || (published && !row.published)) changed.add(containerId);
      }
    }
    const ours = new Set(ids);
    const vanished = [...known.values()].filter((row) => ours.has(row.containerId) && row.present);
    for (const row of vanished) changed.add(row.containerId);
    await this.write(tx, added, appeared, newlyPublished, vanished);
    if (newlyPublished.length > 0 || added.some((address) => address.published)) tx.zoneChanged();
    return changed;
  }

  private async write(
    tx: Tx,
    added: readonly (JudgedAddress & { containerId: string })[],
    appeared: string[],
    newlyPublished: string[],
    vanished: readonly StoredAddress[],
  ): Promise<void> {
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
    if (appeared.length + newlyPublished.length > 0)
      await tx.query(
        `UPDATE addresses SET present = true, observed_at = now(), published = published OR id = ANY($2) WHERE id = ANY($1) OR id = ANY($2)`,
        [appeared, newlyPublished],
      );
    const kept = vanished.filter((row) => row.published || row.assigned).map((row) => row.id);
    const dropped = vanished.filter((row) => !row.published && !row.assigned).map((row) => row.id);
    if (kept.length > 0) await tx.query('UPDATE addresses SET present = false WHERE id = ANY($1)', [kept]);
    if (dropped.length > 0) await tx.query('DELETE FROM addresses WHERE id = ANY($1)', [dropped]);
  }
}

function keyOf(containerId: string, address: { interface: string; address: string }): string {
  return `${containerId} ${address.interface} ${address.address}`;
}
