import { Injectable } from '@nestjs/common';
import type { ReverseZone } from '@lxdm/domain';
import { Transactor, Tx } from '../database/transactor';
import type { ZoneKind } from './zone.entity';

/** A zone as it is shown. */
export interface ZoneView {
  name: string;
  kind: ZoneKind;
  cidr: string | null;
  serial: number;
  dnssec: boolean;
  /** Records that rows tell: those of containers and of entries. */
  records: number;
  /** RDATA of the DNSKEY that signs the zone; none where it is not signed. */
  signingKeys: Buffer[];
}

/** Names of containers, and what they say: addresses and host keys in the forward zone, names of addresses in reverse zones. */
const VIEW = `SELECT z.name, z.kind, z.cidr::text AS cidr, z.serial::float8 AS serial, z.dnssec,
    ((SELECT count(*) FROM zone_records r WHERE r.zone = z.name AND (r.expires_at IS NULL OR r.expires_at > now()))
     + (SELECT count(*) FROM addresses a JOIN containers c ON c.id = a.container_id AND c.removed_at IS NULL
        WHERE a.published AND (z.kind = 'forward' OR a.address <<= z.cidr))
     + (SELECT count(*) FROM ssh_host_keys k JOIN containers c ON c.id = k.container_id AND c.removed_at IS NULL WHERE z.kind = 'forward'))::int AS records,
    ARRAY(SELECT k.dnskey FROM zone_keys k WHERE k.zone = z.name AND z.dnssec AND k.active_at IS NOT NULL AND k.retired_at IS NULL) AS "signingKeys"
  FROM zones z`;

/** What stands in the zones, to be looked at. */
@Injectable()
export class ZoneBrowserRepository {
  constructor(private readonly db: Transactor) {}

  /** The zone of the containers first. */
  list(forward: string): Promise<ZoneView[]> {
    return this.db.query<ZoneView>(`${VIEW} WHERE z.kind = 'reverse' OR z.name = $1 ORDER BY z.kind, z.cidr, z.name`, [
      forward,
    ]);
  }

  async find(name: string): Promise<ZoneView | null> {
    return (await this.db.query<ZoneView>(`${VIEW} WHERE z.name = $1`, [name]))[0] ?? null;
  }

  /** One more reverse zone; it begins where the others are, so that one serial tells a state of all. */
  async add(tx: Tx, { name, cidr }: ReverseZone): Promise<void> {
    await tx.query(
      `INSERT INTO zones (name, kind, cidr, serial) VALUES ($1, 'reverse', $2, coalesce((SELECT max(serial) FROM zones), 1))`,
      [name, cidr],
    );
    tx.zoneChanged();
  }

  /** Takes a reverse zone away, with its entries and keys. @returns false when there is none */
  async remove(tx: Tx, name: string): Promise<boolean> {
    const rows = await tx.query(`DELETE FROM zones WHERE name = $1 AND kind = 'reverse' RETURNING name`, [name]);
    tx.zoneChanged();
    return rows.length > 0;
  }
}
