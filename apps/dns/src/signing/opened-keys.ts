import { KeyRing, open } from '@lxdm/crypto';
import type { ZoneKeyRow } from '@lxdm/entities/zones';
import { KeyRole, SigningKey } from '@lxdm/nameserver';

/** The keys of zones as they sign; opened once for each role. */
export class OpenedKeys {
  private readonly opened = new Map<string, SigningKey>();

  constructor(private readonly ring: KeyRing) {}

  /** The keys of a zone that can be opened, and why others cannot. */
  of(rows: readonly ZoneKeyRow[]): { keys: SigningKey[]; faults: Error[] } {
    const keys: SigningKey[] = [];
    const faults: Error[] = [];
    for (const row of rows) {
      try {
        keys.push(this.open(row));
      } catch (error) {
        faults.push(error instanceof Error ? error : new Error(String(error)));
      }
    }
    return { keys, faults };
  }

  private open(row: ZoneKeyRow): SigningKey {
    const role = roleOf(row);
    const name = `${row.id} ${role}`;
    const known = this.opened.get(name);
    if (known) return known;
    const place = { table: 'zone_keys', column: 'private', row: row.id };
    const privateKey = open(this.ring, place, row.privateKeySealed);
    const key = SigningKey.open(Buffer.from(row.dnskey, 'hex'), privateKey, role);
    this.opened.set(name, key);
    return key;
  }
}

function roleOf({ activeAt, retiredAt }: ZoneKeyRow): KeyRole {
  if (retiredAt !== null) return 'retired';
  return activeAt === null ? 'standby' : 'active';
}
