import { Name } from '../name';
import { HEADER_LENGTH } from '../message-layout';

const POINTER = 0xc000;
const REACH = 0x3fff;

/**
 * Writes the owners of a zone's records, with a pointer to the owner before or to the zone's own name. Only octets that are the
 * same are pointed at, so that secondaries get names in the case in which they are here (RFC 5936 §3.4).
 */
export class OwnerWriter {
  private last: Name | undefined;
  private lastAt = 0;

  /** @param origin the zone's name as the question spells it, behind the header of every message */
  constructor(private readonly origin: Buffer) {}

  /** Forgets the message before. */
  reset(): void {
    this.last = undefined;
  }

  /** Writes a name and returns the offset after it. */
  write(out: Buffer, at: number, name: Name): number {
    if (name === this.last && this.lastAt <= REACH) return out.writeUInt16BE(POINTER | this.lastAt, at);
    this.last = name;
    this.lastAt = at;
    const { wire } = name;
    const own = wire.length - this.origin.length;
    if (own < 0 || wire.compare(this.origin, 0, this.origin.length, own) !== 0) {
      out.set(wire, at);
      return at + wire.length;
    }
    // In place of the origin, if it is longer than the pointer; alone, the pointer is the whole name.
    if (this.origin.length <= 2) {
      out.set(wire, at);
      return at + wire.length;
    }
    if (own === 0) this.lastAt = HEADER_LENGTH;
    for (let i = 0; i < own; i++) out[at + i] = wire[i] as number;
    return out.writeUInt16BE(POINTER | HEADER_LENGTH, at + own);
  }
}
