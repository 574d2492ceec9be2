import { MAX_LABEL, MAX_NAME, Name } from '../name';
import { FIXED_LENGTH } from '../rrset';

const POINTER = 0xc0;
/** A name has at most 127 labels, and a pointer that saves nothing is not worth following. */
const MAX_POINTERS = 127;

const scratch = Buffer.allocUnsafe(MAX_NAME);

/** A message that is not what its counts and lengths say; the message says where, for the log. */
export class MalformedMessage extends Error {
  override readonly name = 'MalformedMessage';
}

/** The fixed part of a record, and where its RDATA lies. */
export interface RecordHead {
  readonly name: Name;
  readonly type: number;
  readonly rrclass: number;
  readonly ttl: number;
  readonly start: number;
  readonly end: number;
}

/** Reads a message from its header on; every name costs at most its 255 octets and as many pointers as it could have labels. */
export class MessageReader {
  /** Where the next thing begins. */
  at = 12;
  /** Names that are nothing but a pointer, by where it leads: most owners of a batch are. */
  private readonly pointedAt = new Map<number, Name>();

  constructor(readonly packet: Buffer) {}

  /** The next name, which may be compressed. */
  name(): Name {
    const { packet, at } = this;
    if (at + 1 < packet.length && (packet[at] as number) >= POINTER) {
      const target = packet.readUInt16BE(at) & 0x3fff;
      const known = this.pointedAt.get(target);
      if (known && target < at) {
        this.at = at + 2;
        return known;
      }
      const name = this.spelt(at);
      this.pointedAt.set(target, name);
      return name;
    }
    return this.spelt(at);
  }

  /** The octets of the next name, without compression: for names that are data, which nobody looks up. */
  nameOctets(): Buffer {
    return Buffer.from(scratch.subarray(0, this.spell(this.at)));
  }

  uint16(): number {
    this.need(2);
    const value = this.packet.readUInt16BE(this.at);
    this.at += 2;
    return value;
  }

  /** The next record; its RDATA is passed over. */
  record(): RecordHead {
    const name = this.name();
    this.need(FIXED_LENGTH);
    const { packet, at } = this;
    const start = at + FIXED_LENGTH;
    const end = start + packet.readUInt16BE(at + 8);
    this.at = start;
    this.need(end - start);
    this.at = end;
    return {
      name,
      type: packet.readUInt16BE(at),
      rrclass: packet.readUInt16BE(at + 2),
      ttl: packet.readUInt32BE(at + 4),
      start,
      end,
    };
  }

  private need(octets: number): void {
    if (this.at + octets > this.packet.length) throw new MalformedMessage(`it ends inside what begins at ${this.at}`);
  }

  private spelt(start: number): Name {
    return Name.fromWire(Buffer.from(scratch.subarray(0, this.spell(start))));
  }

  /** Writes a name into `scratch` and says how long it is. Every pointer must lead further back than the one before (RFC 1035 §4.1.4: to a prior occurrence), so there is no loop. */
  private spell(start: number): number {
    const { packet } = this;
    let octets = 0;
    let pointers = 0;
    let earliest = start;
    this.at = -1;
    for (let at = start; at < packet.length;) {
      const length = packet[at] as number;
      if (length >= POINTER) {
        if (at + 1 >= packet.length) break;
        if (this.at < 0) this.at = at + 2;
        const target = packet.readUInt16BE(at) & 0x3fff;
        if (target >= earliest || target < 12 || ++pointers > MAX_POINTERS) break;
        earliest = target;
        at = target;
        continue;
      }
      if (length > MAX_LABEL || octets + length + 1 > MAX_NAME || at + length >= packet.length) break;
      for (let i = 0; i <= length; i++) scratch[octets + i] = packet[at + i] as number;
      octets += length + 1;
      at += length + 1;
      if (length > 0) continue;
      if (this.at < 0) this.at = at;
      return octets;
    }
    throw new MalformedMessage(`there is no sound name at ${start}`);
  }
}
