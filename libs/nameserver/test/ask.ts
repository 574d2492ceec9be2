import { decode, DecodedPacket, encode, Packet, RecordType } from 'dns-packet';
import { Protocol, Responder, ResponderParts } from '../src/responder';
import { buildZone } from '../src/zone-builder';
import { RrsetData } from '../src/zone-data';
import { ZoneSet } from '../src/zone-set';
import { zoneData } from './sample-zone';

export interface Question {
  readonly name: string;
  /** dns-packet knows ANY, its types do not. */
  readonly type?: RecordType | 'ANY';
  readonly edns?: number | false;
  readonly dnssecOk?: boolean;
  readonly protocol?: Protocol;
}

/** What dns-packet decodes, with the rcode that its types leave out. */
export type Reply = DecodedPacket & { readonly rcode: string; readonly octets: number };

/** Encodes a question as an independent client would. */
export function query(
  { name, type = 'A', edns = 1232, dnssecOk = false }: Question,
  changes: Partial<Packet> = {},
): Buffer {
  const opt = {
    type: 'OPT' as const,
    name: '.' as const,
    udpPayloadSize: edns || 512,
    flags: dnssecOk ? 0x8000 : 0,
    extendedRcode: 0,
    ednsVersion: 0,
    flag_do: dnssecOk,
    options: [],
  };
  return encode({
    type: 'query',
    id: 4711,
    flags: 0,
    questions: [{ name, type: type as RecordType }],
    additionals: edns === false ? [] : [opt],
    ...changes,
  });
}

/** Decodes an answer with dns-packet. */
export function decodeReply(wire: Buffer): Reply {
  return { ...(decode(wire) as DecodedPacket & { rcode: string }), octets: wire.length };
}

/** Asks the sample zone with the given RRsets, through the whole of decoder, lookup and encoder. */
export function ask(rrsets: readonly RrsetData[], question: Question): Reply {
  return askZones(ZoneSet.of([buildZone(zoneData(rrsets))]), question);
}

/** Asks a set of zones. */
export function askZones(zones: ZoneSet, question: Question): Reply {
  const wire = wireAnswer(query(question), zones, question.protocol);
  if (!wire) throw new Error('the question got no answer');
  return decodeReply(wire);
}

/** What a server without options sends back for a packet. */
export function wireAnswer(
  packet: Buffer,
  zones: ZoneSet,
  protocol: Protocol = 'udp',
  parts: ResponderParts = {},
): Buffer | undefined {
  return new Responder(parts).respond(packet, zones, protocol, '192.0.2.1')?.wire;
}

/** Records as short lines, for comparison: name, TTL, type, data. */
export function lines(records: Reply['answers']): string[] {
  return (records ?? []).flatMap((record) => {
    if (record.type === 'OPT') return [];
    const data = 'data' in record ? record.data : undefined;
    const ttl = 'ttl' in record ? record.ttl : undefined;
    return [`${record.name} ${ttl} ${record.type} ${typeof data === 'string' ? data : JSON.stringify(data)}`];
  });
}
