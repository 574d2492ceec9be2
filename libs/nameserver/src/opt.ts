import { RequestEdns } from './request';
import { RrType } from './rr-type';

/** The largest UDP answer sent, unless set otherwise, and what this side takes: fits an IPv6 path without fragments (RFC 9715 §3). */
export const DEFAULT_UDP_OCTETS = 1232;
const MIN_UDP_OCTETS = 512;
const MAX_UDP_OCTETS = 4096;

const FIXED = 11;
const OPTION_HEAD = 4;
const NSID = 3;
const COOKIE = 10;
const TCP_KEEPALIVE = 11;
const KEEPALIVE_OCTETS = OPTION_HEAD + 2;

/** What an OPT record says beside what the request asked for by a mere flag. */
export interface OptContents {
  /** The COOKIE option's data; none for clients without one (RFC 7873 §5.2.1). */
  readonly cookie: Uint8Array | undefined;
  /** How long a TCP connection may rest, in tenths of a second; -1 leaves it unsaid (RFC 7828 §3.1). */
  readonly keepalive: number;
}

/** Writes the OPT records of answers. */
export class OptWriter {
  private readonly fixed = Buffer.alloc(FIXED);
  private readonly nsid: Buffer;

  constructor(
    nsid?: string,
    readonly udpOctets: number = DEFAULT_UDP_OCTETS,
  ) {
    if (!(udpOctets >= MIN_UDP_OCTETS && udpOctets <= MAX_UDP_OCTETS))
      throw new RangeError(`answers over UDP have at most ${MIN_UDP_OCTETS} to ${MAX_UDP_OCTETS} octets`);
    this.fixed.writeUInt16BE(RrType.OPT, 1);
    this.fixed.writeUInt16BE(udpOctets, 3);
    this.nsid = nsid === undefined ? Buffer.alloc(0) : nsidOption(Buffer.from(nsid, 'utf8'));
  }

  /** Octets that write() will take. */
  size(edns: RequestEdns | undefined, contents: OptContents): number {
    return edns ? FIXED + this.dataOctets(edns, contents) : 0;
  }

  /** Writes the OPT at the offset and returns the offset after it. */
  write(out: Buffer, start: number, edns: RequestEdns, rcode: number, contents: OptContents): number {
    const { cookie, keepalive } = contents;
    for (let i = 0; i < FIXED; i++) out[start + i] = this.fixed[i] as number;
    // The upper eight bits of the rcode, and DO as it came (RFC 6891 §6.1.3, RFC 3225 §3).
    out[start + 5] = rcode >> 4;
    if (edns.dnssecOk) out[start + 7] = 0x80;
    writeUint16(out, start + 9, this.dataOctets(edns, contents));
    let at = start + FIXED;
    if (edns.wantsNsid) {
      out.set(this.nsid, at);
      at += this.nsid.length;
    }
    if (cookie) {
      writeUint16(out, at, COOKIE);
      writeUint16(out, at + 2, cookie.length);
      out.set(cookie, at + OPTION_HEAD);
      at += OPTION_HEAD + cookie.length;
    }
    if (keepalive < 0) return at;
    writeUint16(out, at, TCP_KEEPALIVE);
    writeUint16(out, at + 2, 2);
    writeUint16(out, at + OPTION_HEAD, keepalive);
    return at + KEEPALIVE_OCTETS;
  }

  private dataOctets({ wantsNsid }: RequestEdns, { cookie, keepalive }: OptContents): number {
    const cookieOctets = cookie ? OPTION_HEAD + cookie.length : 0;
    return (wantsNsid ? this.nsid.length : 0) + cookieOctets + (keepalive < 0 ? 0 : KEEPALIVE_OCTETS);
  }
}

function nsidOption(nsid: Buffer): Buffer {
  if (nsid.length > 255) throw new RangeError(`the NSID has ${nsid.length} octets, at most 255 are sensible`);
  const head = Buffer.alloc(OPTION_HEAD);
  head.writeUInt16BE(NSID);
  head.writeUInt16BE(nsid.length, 2);
  return Buffer.concat([head, nsid]);
}

function writeUint16(out: Buffer, at: number, value: number): void {
  out[at] = value >> 8;
  out[at + 1] = value & 0xff;
}
