import { Answer, emptyAnswer } from './answer';
import { MAX_UDP_OCTETS, OptWriter } from './opt';
import { Rcode } from './rcode';
import { Request } from './request';
import { decodeRequest } from './request-decoder';
import { encodeResponse } from './response-encoder';
import { isMetaType, RrType } from './rr-type';
import { ZoneSet } from './zone-set';

/** What carries a message decides how large its answer may be. */
export type Protocol = 'udp' | 'tcp';

/** An answer on its way to the client, with what counters want to know of it. */
export interface Response {
  readonly wire: Buffer;
  readonly rcode: number;
  /** Undefined when the question could not be read. */
  readonly type: number | undefined;
}

const MAX_TCP_OCTETS = 65_535;
const UDP_OCTETS_WITHOUT_EDNS = 512;
const refused = emptyAnswer(Rcode.REFUSED);
const notImplemented = emptyAnswer(Rcode.NOTIMP);

/** Turns one message into its answer; undefined means silence. Pure: reads nothing but its arguments. */
export function respond(packet: Buffer, zones: ZoneSet, protocol: Protocol, opt: OptWriter): Response | undefined {
  const request = decodeRequest(packet);
  if (!request) return undefined;
  const answer = request.rcode === Rcode.NOERROR ? lookup(request, zones) : emptyAnswer(request.rcode);
  const wire = encodeResponse(packet, request, answer, limit(request, protocol), opt);
  return { wire, rcode: answer.rcode, type: request.key === '' ? undefined : request.type };
}

function lookup({ key, type }: Request, zones: ZoneSet): Answer {
  const zone = zones.authorityFor(key, type);
  if (!zone) return refused;
  if (type === RrType.AXFR || type === RrType.IXFR) return refused;
  if (isMetaType(type) && type !== RrType.ANY) return notImplemented;
  return zone.lookup(key, type);
}

function limit({ edns }: Request, protocol: Protocol): number {
  if (protocol === 'tcp') return MAX_TCP_OCTETS;
  return edns ? Math.min(edns.udpOctets, MAX_UDP_OCTETS) : UDP_OCTETS_WITHOUT_EDNS;
}
