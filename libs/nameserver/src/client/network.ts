import { ClientAddress } from './client-address';

/** A range of addresses, as 192.0.2.0/24 or 2001:db8::/32; without a length, one address. */
export class Network {
  private constructor(
    private readonly octets: Uint8Array,
    private readonly bits: number,
  ) {}

  /** Reads a range; undefined when the text is none or has bits set beyond its length. */
  static parse(text: string): Network | undefined {
    const [, address = '', length] = /^([0-9a-fA-F.:]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
    const client = new ClientAddress();
    client.read(address);
    const octets = client.octets.slice(0, client.length);
    const bits = length === undefined ? octets.length * 8 : Number(length);
    if (octets.length === 0 || bits > octets.length * 8) return undefined;
    const network = new Network(octets, bits);
    const first = octets.map((octet, i) => octet & network.mask(i));
    return first.every((octet, i) => octet === octets[i]) ? network : undefined;
  }

  /** True when the address lies within. */
  has(client: ClientAddress): boolean {
    if (client.length !== this.octets.length) return false;
    for (let i = 0; i * 8 < this.bits; i++) {
      if (((client.octets[i] as number) & this.mask(i)) !== this.octets[i]) return false;
    }
    return true;
  }

  private mask(octet: number): number {
    const bits = Math.min(Math.max(this.bits - 8 * octet, 0), 8);
    return (0xff00 >> bits) & 0xff;
  }
}
