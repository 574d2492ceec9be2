import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seal } from '@lxdm/crypto';
import { Tx, ZoneKeysRepository } from '@lxdm/entities';
import { dsRdata, generateZoneKey, Name } from '@lxdm/nameserver';
import { NameServer } from '../src/name-server';
import { DnsSettings } from '../src/settings';
import { ask, until } from './client';
import { Fleet, ZONE } from './fleet';
import { health, ring, startNameServer } from './server-under-test';

const wire = '026374076578616d706c65036f726700';
/** Names of every kind that denials and signatures treat in a way of their own: owner, type, data. */
const RECORDS: readonly [string, number, string][] = [
  ['*.wild', 16, '0161'],
  ['alias', 5, `03776562${wire}`],
  ['bare', 2, '026e73076578616d706c6500'],
  ['safe', 2, '026e73076578616d706c6500'],
  ['safe', 43, `00010d02${'ab'.repeat(32)}`],
];

/** A name server with a zone that is signed, unless told otherwise, and a directory for who judges it. */
export class SignedBench {
  readonly folder = mkdtempSync(join(tmpdir(), 'lxdm-signed-'));

  private constructor(
    readonly fleet: Fleet,
    readonly server: NameServer,
    readonly keys: ZoneKeysRepository,
  ) {}

  static async create({
    signed = true,
    settings = {},
  }: { signed?: boolean; settings?: Partial<DnsSettings> } = {}): Promise<SignedBench> {
    const fleet = await Fleet.create(process.env['TEST_DATABASE_URL'] ?? '');
    const keys = new ZoneKeysRepository(fleet.db);
    await fleet.appear({ name: 'web', addresses: ['192.0.2.7', '2001:db8::7'] });
    await fleet.db.run(async (tx) => {
      for (const record of RECORDS) await store(tx, ...record);
      tx.zoneChanged();
    });
    if (signed) {
      await addKey(fleet, keys, true);
      await fleet.db.run((tx) => keys.turn(tx, ZONE, true));
    }
    const server = await startNameServer(fleet.readerUrl, settings);
    const bench = new SignedBench(fleet, server, keys);
    await until(async () => (await health(server)).status === 200, 10_000);
    return bench;
  }

  get port(): number {
    return this.server.ports.dns;
  }

  /** Another key of the zone; returns its id. */
  addKey(active: boolean): Promise<string> {
    return addKey(this.fleet, this.keys, active);
  }

  activate(id: string): Promise<void> {
    return this.fleet.db.run((tx) => this.keys.activate(tx, ZONE, id));
  }

  remove(id: string): Promise<void> {
    return this.fleet.db.run((tx) => this.keys.remove(tx, id));
  }

  /** The DNSKEY record of a key, of the oldest one unless told otherwise. */
  async dnskey(id?: string): Promise<Buffer> {
    const rows = await this.keys.list(ZONE);
    const key = id === undefined ? rows[0] : rows.find((row) => row.id === id);
    if (!key) throw new Error('no such key');
    return key.dnskey;
  }

  /** What stands in the parent zone for a key, without its owner: tag, algorithm, digest type, digest. */
  async ds(id?: string): Promise<string> {
    const rdata = dsRdata(Name.parse(ZONE), await this.dnskey(id));
    return `${rdata.readUInt16BE(0)} ${rdata[2]} ${rdata[3]} ${rdata.subarray(4).toString('hex')}`;
  }

  /** A file of this bench; returns its path. */
  file(name: string, text: string): string {
    const path = join(this.folder, name);
    writeFileSync(path, text);
    return path;
  }

  /** Waits until what was changed is served. */
  async served(): Promise<void> {
    const serial = await this.fleet.serial();
    await until(
      async () => (await ask(this.port, ZONE, 'SOA')).answers.some((line) => line.includes(` ${serial}`)),
      5_000,
    );
  }

  async close(): Promise<void> {
    await this.server.stop();
    await this.fleet.close();
    rmSync(this.folder, { recursive: true });
  }
}

const store = (tx: Tx, name: string, type: number, rdata: string) =>
  tx.query(
    `INSERT INTO zone_records (zone, owner, type, ttl, rdata, source) VALUES ($1, $2, $3, 60, decode($4, 'hex'), 'static')`,
    [ZONE, `${name}.${ZONE}`, type, rdata],
  );

async function addKey(fleet: Fleet, keys: ZoneKeysRepository, active: boolean): Promise<string> {
  const { dnskey, privateKey } = generateZoneKey();
  const id = randomUUID();
  const privateKeySealed = seal(ring, { table: 'zone_keys', column: 'private', row: id }, privateKey);
  await fleet.db.run((tx) => keys.add(tx, { id, zone: ZONE, dnskey, privateKeySealed, active }));
  return id;
}
