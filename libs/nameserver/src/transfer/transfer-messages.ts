import { OptContents, OptWriter } from '../opt';
import { Request } from '../request';
import { HEADER_LENGTH, QUESTION_TAIL } from '../message-layout';
import { CLASS_IN } from '../rr-type';
import { FIXED_LENGTH } from '../rrset';
import { OwnerWriter } from './owner-writer';
import { TransferRecords } from './transfer-request';

/** What a pointer can reach: beyond it nothing can be compressed (RFC 1035 §4.1.4). */
const USUAL_OCTETS = 16_384;
const QR_AA = 0x84;
const RD = 0x01;

/** The message that is answered. */
export interface TransferHead {
  readonly packet: Buffer;
  readonly request: Request;
  readonly opt: OptWriter;
  readonly contents: OptContents;
  /** Octets that a message may have at most, room for a signature left out. */
  readonly octets: number;
  /** Adds a signature. */
  readonly sign?: ((message: Buffer) => Buffer) | undefined;
}

/** Puts records into as many messages as they take, each made when it is asked for (RFC 5936 §2.2). */
export class TransferMessages {
  private readonly records: Iterator<TransferRecords>;
  private readonly owners: OwnerWriter;
  private readonly optOctets: number;
  private out: Buffer;
  /** The RRset at hand, and the first of its records that is not sent. */
  private current: TransferRecords | undefined;
  private from = 0;
  /** The first of all, which is the SOA. */
  readonly first: TransferRecords | undefined;
  messages = 0;
  recordCount = 0;
  octets = 0;

  constructor(
    private readonly head: TransferHead,
    records: Iterable<TransferRecords>,
  ) {
    const { packet, request, opt, contents } = head;
    this.records = records[Symbol.iterator]();
    this.optOctets = opt.size(request.edns, contents);
    this.owners = new OwnerWriter(packet.subarray(HEADER_LENGTH, request.questionEnd - QUESTION_TAIL));
    this.out = Buffer.allocUnsafe(Math.min(USUAL_OCTETS, head.octets));
    this.advance();
    this.first = this.current;
  }

  /** True when everything was put into a message. */
  get done(): boolean {
    return this.current === undefined;
  }

  /** The next message, or undefined. */
  next(): Buffer | undefined {
    if (this.done) return undefined;
    const { questionEnd } = this.head.request;
    this.owners.reset();
    let at = questionEnd;
    let count = 0;
    for (; this.current; count++) {
      const rdata = this.current.rdatas[this.from] as Buffer;
      const needed = this.current.owner.wire.length + FIXED_LENGTH + rdata.length + this.optOctets;
      if (at + needed > this.out.length && (count > 0 || !this.grow(at + needed))) break;
      at = this.writeRecord(at, this.current, rdata);
      if (++this.from >= this.current.rdatas.length) this.advance();
    }
    if (count === 0) throw new RangeError('a record does not fit a message');
    return this.finish(at, count);
  }

  /** Lets go of what was not sent. */
  stop(): void {
    this.current = undefined;
    this.records.return?.();
  }

  private advance(): void {
    do {
      const { value, done } = this.records.next() as IteratorResult<TransferRecords, undefined>;
      this.current = done === true ? undefined : value;
    } while (this.current?.rdatas.length === 0);
    this.from = 0;
  }

  /** A single record may be larger than what messages usually are. */
  private grow(octets: number): boolean {
    if (octets > this.head.octets) return false;
    const larger = Buffer.allocUnsafe(octets);
    this.out.copy(larger);
    this.out = larger;
    return true;
  }

  private writeRecord(start: number, { owner, type, ttl }: TransferRecords, rdata: Buffer): number {
    const { out } = this;
    let at = this.owners.write(out, start, owner);
    at = out.writeUInt16BE(type, at);
    at = out.writeUInt16BE(CLASS_IN, at);
    at = out.writeUInt32BE(ttl, at);
    at = out.writeUInt16BE(rdata.length, at);
    out.set(rdata, at);
    return at + rdata.length;
  }

  private finish(end: number, count: number): Buffer {
    const { packet, request, opt, contents, sign } = this.head;
    const { edns, questionEnd } = request;
    const message = Buffer.allocUnsafe(end + this.optOctets);
    packet.copy(message, 0, 0, questionEnd);
    this.out.copy(message, questionEnd, questionEnd, end);
    message[2] = QR_AA | ((packet[2] as number) & RD);
    message[3] = 0;
    message.writeUInt16BE(count, 6);
    message.writeUInt16BE(0, 8);
    message.writeUInt16BE(edns ? 1 : 0, 10);
    if (edns) opt.write(message, end, edns, 0, contents);
    const wire = sign ? sign(message) : message;
    this.messages += 1;
    this.recordCount += count;
    this.octets += wire.length;
    return wire;
  }
}
