import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { ZoneApex, zoneDocuments } from '@lxdm/domain';
import { buildServableZone, Name, RawRecord, RrType, Zone } from '@lxdm/nameserver';
import type { ZonesVersion } from '../zone/zone-keeper';

/** What stands first in the file; another number is another format. */
const MAGIC = Buffer.from('LXDM zones 1\n');
const DIGEST_OCTETS = 32;
/** After so many names the questions that wait are answered. */
const NAMES_A_TURN = 250;

type State = Omit<ZonesVersion, 'built' | 'how'>;

/** What a snapshot is of. */
interface Head {
  savedAt: number;
  apex: ZoneApex;
  state: State;
}

/** A snapshot as it was read. */
export interface Snapshot {
  savedAt: Date;
  version: ZonesVersion;
}

/** A file that is no snapshot that this process can serve from. */
export class SnapshotError extends Error {
  override readonly name = 'SnapshotError';
}

/**
 * A version as octets: head and records, with a digest in front. Zones are told as they were built, without signatures; secrets
 * are in it as they are in the database, sealed.
 */
export async function encodeSnapshot(version: ZonesVersion, apex: ZoneApex, savedAt: Date): Promise<Buffer> {
  const { built, how: _how, ...state } = version;
  const { zone, nameserver, nameserverAddresses } = apex;
  const head: Head = { savedAt: savedAt.getTime(), apex: { zone, nameserver, nameserverAddresses }, state };
  const parts = [framed(Buffer.from(JSON.stringify(head)))];
  for (const [origin, made] of built) {
    const records: Buffer[] = [];
    let names = 0;
    for (const { owner, rrsets } of made.nodes.values()) {
      for (const { type, ttl, rdatas } of rrsets.values())
        if (type !== RrType.SOA) for (const rdata of rdatas) records.push(encodeRecord(owner, type, ttl, rdata));
      if ((names += 1) % NAMES_A_TURN === 0) await setImmediate();
    }
    parts.push(framed(Buffer.from(origin)), framed(Buffer.concat(records)));
  }
  const body = Buffer.concat(parts);
  return Buffer.concat([MAGIC, createHash('sha256').update(body).digest(), body]);
}

/** Builds the version that a snapshot is of; throws a SnapshotError where that cannot be, or is not what the settings ask for. */
export function decodeSnapshot(file: Buffer, apex: ZoneApex): Snapshot {
  if (!file.subarray(0, MAGIC.length).equals(MAGIC)) throw new SnapshotError('it is of another format');
  const body = file.subarray(MAGIC.length + DIGEST_OCTETS);
  const digest = file.subarray(MAGIC.length, MAGIC.length + DIGEST_OCTETS);
  if (!createHash('sha256').update(body).digest().equals(digest)) throw new SnapshotError('it is damaged');
  const [first, ...rest] = frames(body);
  const head = JSON.parse(String(first)) as Head;
  if (JSON.stringify(head.apex) !== JSON.stringify(apexOf(apex)))
    throw new SnapshotError('it is of another zone or name server than the settings name');
  const built = new Map<string, Zone>();
  const documents = zoneDocuments(apex, { zones: head.state.zones, containers: [], records: [], wildcard: false });
  for (let index = 0; index + 1 < rest.length; index += 2) {
    const document = documents.find(({ origin }) => origin === String(rest[index]));
    const { zone } = document ? buildServableZone({ ...document, raw: recordsOf(rest[index + 1]) }) : {};
    if (zone) built.set(String(rest[index]), zone);
  }
  if (!built.has(apex.zone)) throw new SnapshotError('it lacks the zone');
  return { savedAt: new Date(head.savedAt), version: { ...head.state, built, how: 'snapshot' } };
}

function apexOf({ zone, nameserver, nameserverAddresses }: ZoneApex): ZoneApex {
  return { zone, nameserver, nameserverAddresses };
}

function framed(octets: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(octets.length);
  return Buffer.concat([length, octets]);
}

function frames(body: Buffer): Buffer[] {
  const found: Buffer[] = [];
  for (let at = 0; at < body.length;) {
    const end = at + 4 + body.readUInt32BE(at);
    found.push(body.subarray(at + 4, end));
    at = end;
  }
  return found;
}

function encodeRecord({ wire }: Name, type: number, ttl: number, rdata: Uint8Array): Buffer {
  const record = Buffer.allocUnsafe(wire.length + 9 + rdata.length);
  record[0] = wire.length;
  record.set(wire, 1);
  let at = record.writeUInt16BE(type, 1 + wire.length);
  at = record.writeUInt32BE(ttl, at);
  at = record.writeUInt16BE(rdata.length, at);
  record.set(rdata, at);
  return record;
}

function* recordsOf(octets: Buffer = Buffer.alloc(0)): Generator<RawRecord> {
  for (let at = 0; at < octets.length;) {
    const ownerEnd = at + 1 + (octets[at] ?? 0);
    const dataEnd = ownerEnd + 8 + octets.readUInt16BE(ownerEnd + 6);
    yield {
      owner: Name.fromWire(Buffer.from(octets.subarray(at + 1, ownerEnd))),
      type: octets.readUInt16BE(ownerEnd),
      ttl: octets.readUInt32BE(ownerEnd + 2),
      rdata: octets.subarray(ownerEnd + 8, dataEnd),
    };
    at = dataEnd;
  }
}
