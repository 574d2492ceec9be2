import { Name } from '../name';
import { MAX_TTL } from '../rdata';
import { Rcode } from '../rcode';
import { CLASS_ANY, CLASS_IN, isMetaType, RrType, typeName } from '../rr-type';
import { MalformedMessage, MessageReader, RecordHead } from './message-reader';
import { readRdata } from './rdata-layout';
import { Change, Prerequisite, UpdateFault, UpdateMessage } from './update-message';

/** The class of what must not be there (RFC 2136 §2.4). */
const CLASS_NONE = 254;
/** Prerequisites and changes of one message; a batch of a client has a hundred. */
export const MAX_UPDATE_RECORDS = 1_000;

/** A rule of RFC 2136 that the message breaks. */
class Refused extends Error {
  constructor(readonly fault: UpdateFault) {
    super(fault.reason);
  }
}

/**
 * Reads an UPDATE message (RFC 2136 §2) with all rules that need no data: those of the zone section (§3.1.1), the form of
 * prerequisites (§3.2) and the prescan of the changes (§3.4.1). Work is bounded by the message's length; never throws.
 */
export function decodeUpdate(packet: Buffer): UpdateMessage {
  const prerequisites: Prerequisite[] = [];
  const changes: Change[] = [];
  let zone: Name | undefined;
  let fault: UpdateFault | undefined;
  try {
    if (packet.length < 12) throw new MalformedMessage('it has no header');
    const counts = [4, 6, 8, 10].map((at) => packet.readUInt16BE(at)) as [number, number, number, number];
    const reader = new MessageReader(packet);
    if (counts[0] !== 1) throw new MalformedMessage(`it names ${counts[0]} zones`);
    zone = readZone(reader);
    if (counts[1] + counts[2] > MAX_UPDATE_RECORDS)
      throw refused(Rcode.REFUSED, `it has ${counts[1] + counts[2]} records, at most ${MAX_UPDATE_RECORDS} are taken`);
    for (let i = 0; i < counts[1]; i++) prerequisites.push(readPrerequisite(reader, zone));
    for (let i = 0; i < counts[2]; i++) changes.push(readChange(reader, zone));
    // OPT, TSIG, and glue that may be ignored (RFC 2136 §2.6).
    for (let i = 0; i < counts[3]; i++) reader.record();
    if (reader.at !== packet.length) throw new MalformedMessage('something follows the last record');
  } catch (error) {
    if (error instanceof Refused) ({ fault } = error);
    else if (error instanceof MalformedMessage) fault = { rcode: Rcode.FORMERR, reason: error.message };
    else throw error;
  }
  return { zone, prerequisites, changes, fault };
}

/** RFC 2136 §3.1.1; another class than IN is no zone of anybody here, which is for the server to say (§3.1.2). */
function readZone(reader: MessageReader): Name {
  const name = reader.name();
  if (reader.uint16() !== RrType.SOA) throw new MalformedMessage('the type of the zone is not SOA');
  if (reader.uint16() !== CLASS_IN) throw refused(Rcode.NOTAUTH, 'the class of the zone is not IN');
  return name;
}

function readPrerequisite(reader: MessageReader, zone: Name): Prerequisite {
  const head = reader.record();
  const { name, type, rrclass } = head;
  requireWithin(name, zone);
  if (head.ttl !== 0) throw new MalformedMessage('a prerequisite has a TTL');
  switch (rrclass) {
    case CLASS_ANY:
      requireEmpty(head);
      if (type === RrType.ANY) return { kind: 'name-in-use', name };
      requireDataType(type);
      return { kind: 'rrset-exists', name, type };
    case CLASS_NONE:
      requireEmpty(head);
      if (type === RrType.ANY) return { kind: 'name-not-in-use', name };
      requireDataType(type);
      return { kind: 'rrset-absent', name, type };
    case CLASS_IN:
      requireDataType(type);
      return { kind: 'record-exists', name, type, ttl: 0, rdata: rdataOf(reader, head) };
    default:
      throw new MalformedMessage(`a prerequisite has the class ${rrclass}`);
  }
}

function readChange(reader: MessageReader, zone: Name): Change {
  const head = reader.record();
  const { name, type, rrclass, ttl } = head;
  requireWithin(name, zone);
  switch (rrclass) {
    case CLASS_IN:
      requireDataType(type);
      // A TTL with the first bit set counts as nought (RFC 2181 §8).
      return { kind: 'add', name, type, ttl: ttl > MAX_TTL ? 0 : ttl, rdata: rdataOf(reader, head) };
    case CLASS_ANY:
      requireNoTtl(ttl);
      requireEmpty(head);
      if (type === RrType.ANY) return { kind: 'delete-name', name };
      requireDataType(type);
      return { kind: 'delete-rrset', name, type };
    case CLASS_NONE:
      requireNoTtl(ttl);
      requireDataType(type);
      return { kind: 'delete-record', name, type, ttl: 0, rdata: rdataOf(reader, head) };
    default:
      throw new MalformedMessage(`a change has the class ${rrclass}`);
  }
}

function rdataOf({ packet }: MessageReader, { type, start, end }: RecordHead): Buffer {
  return readRdata(packet, type, start, end);
}

function requireWithin(name: Name, zone: Name): void {
  if (!name.isWithin(zone)) throw refused(Rcode.NOTZONE, `${name.toString()} is not within ${zone.toString()}`);
}

function requireEmpty({ start, end }: RecordHead): void {
  if (start !== end) throw new MalformedMessage('a record that stands for a set has data');
}

function requireNoTtl(ttl: number): void {
  if (ttl !== 0) throw new MalformedMessage('a deletion has a TTL');
}

function requireDataType(type: number): void {
  if (isMetaType(type)) throw new MalformedMessage(`${typeName(type)} is no type of data`);
}

function refused(rcode: number, reason: string): Refused {
  return new Refused({ rcode, reason });
}
