import { DnsServer, buildServableZone, ZoneSet } from '@lxdm/nameserver';
import { ApiUnderTest, ZONE } from './api-under-test';

interface StoredRow {
  owner: string;
  type: number;
  ttl: number;
  rdata: Buffer;
}

/** A name server that serves what the database says, as soon as its serial has changed: what the api wrote, asked over DNS. */
export class ServedZone {
  private serial = -1;
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  private constructor(
    private readonly api: ApiUnderTest,
    private readonly server: DnsServer,
    /** Where it is asked, as ADDRESS:PORT. */
    readonly address: string,
  ) {}

  static async start(api: ApiUnderTest): Promise<ServedZone> {
    const server = new DnsServer({ addresses: [{ host: '127.0.0.1', port: 0 }], zones: ZoneSet.EMPTY });
    const [bound] = await server.listen();
    if (!bound) throw new Error('The name server has no address.');
    const served = new ServedZone(api, server, `127.0.0.1:${bound.port}`);
    await served.refresh();
    return served;
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.server.close();
  }

  private async refresh(): Promise<void> {
    const [row] = await this.api.db.query('SELECT serial::int AS serial FROM zones WHERE name = $1', [ZONE]);
    const serial = row.serial as number;
    if (serial !== this.serial) await this.serve(serial);
    if (!this.stopped) this.timer = setTimeout(() => void this.refresh(), 20);
  }

  private async serve(serial: number): Promise<void> {
    const raw = (await this.api.db.query('SELECT owner, type, ttl, rdata FROM zone_records')) as StoredRow[];
    const timers = { refresh: 3600, retry: 600, expire: 86_400, minimum: 60, ttl: 60 };
    const soa = { mname: 'ns.example.org.', rname: `hostmaster.${ZONE}`, serial, ...timers };
    const { zone } = buildServableZone({ origin: ZONE, soa, ns: ['ns.example.org.'], rrsets: [], raw });
    if (zone) this.server.setZones(ZoneSet.of([zone]));
    this.serial = serial;
  }
}
