import { RrType } from './rr-type';
import { RequestEdns } from './request';

/** The largest UDP answer ever sent, and what this side takes: fits an IPv6 path without fragments (RFC 9715 §3). */
export const MAX_UDP_OCTETS = 1232;
const NSID = 3;

/** OPT records of answers, prebuilt: only the extended rcode and the DO bit differ between requests. */
export class OptWriter {
  private readonly plain = encodeOpt(Buffer.alloc(0));
  private readonly identified: Buffer;

  constructor(nsid?: string) {
    this.identified = nsid === undefined ? this.plain : encodeOpt(nsidOption(Buffer.from(nsid, 'utf8')));
  }

  /** Octets that write() will take. */
  size(edns: RequestEdns | undefined): number {
    return edns ? this.template(edns).length : 0;
  }

  /** Writes the OPT at the offset and returns the offset after it. */
  write(out: Buffer, at: number, edns: RequestEdns, rcode: number): number {
    const template = this.template(edns);
    out.set(template, at);
    // The upper eight bits of the rcode, and DO as it came (RFC 6891 §6.1.3, RFC 3225 §3).
    out[at + 5] = rcode >> 4;
    if (edns.dnssecOk) out[at + 7] = 0x80;
    return at + template.length;
  }

  private template(edns: RequestEdns): Buffer {
    return edns.wantsNsid ? this.identified : this.plain;
  }
}

function nsidOption(nsid: Buffer): Buffer {
  if (nsid.length > 255) throw new RangeError(`the NSID has ${nsid.length} octets, at most 255 are sensible`);
  const head = Buffer.alloc(4);
  head.writeUInt16BE(NSID);
  head.writeUInt16BE(nsid.length, 2);
  return Buffer.concat([head, nsid]);
}

function encodeOpt(options: Buffer): Buffer {
  const opt = Buffer.alloc(11);
  opt.writeUInt16BE(RrType.OPT, 1);
  opt.writeUInt16BE(MAX_UDP_OCTETS, 3);
  opt.writeUInt16BE(options.length, 9);
  return Buffer.concat([opt, options]);
}
