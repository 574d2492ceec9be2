import { Name } from './name';
import { ProblemList } from './problem-list';
import { encodeSoa, toName } from './rdata';
import { RrType } from './rr-type';
import { Rrset } from './rrset';
import { Zone } from './zone';
import { SoaData, ZoneData } from './zone-data';
import { ZoneDraft } from './zone-draft';
import { linkNodes } from './zone-links';
import { ZoneNode } from './zone-node';
import { ZoneError, ZoneProblem } from './zone-problem';

/** Builds a zone, or throws a ZoneError that lists everything that cannot be served. */
export function buildZone(data: ZoneData): Zone {
  const { zone, problems } = buildServableZone(data);
  if (!zone || problems.length > 0) throw new ZoneError(problems);
  return zone;
}

/**
 * Builds a zone without the records that cannot be served and says which and why, so that one bad value never
 * silences the names beside it. Without a usable origin, SOA and NS there is no zone.
 * @param before the version before: nodes that are the same are taken from it, and it is the result itself where all are
 */
export function buildServableZone(
  data: ZoneData,
  before?: Zone,
): { zone: Zone | undefined; problems: readonly ZoneProblem[] } {
  const problems = new ProblemList();
  return { zone: build(data, problems, before), problems: problems.items };
}

function build(data: ZoneData, problems: ProblemList, before: Zone | undefined): Zone | undefined {
  const origin = problems.attempt('bad-origin', {}, () => toName(data.origin, Name.ROOT));
  if (!origin) return undefined;
  const draft = new ZoneDraft(origin, problems);
  const soa = soundSoa(data.soa, draft);
  if (!soa) return undefined;
  const { ttl, serial, minimum } = soa.data;
  draft.put(origin, RrType.SOA, ttl, soa.rdata, { owner: origin, type: 'SOA' });
  if (data.ns.length > 0) draft.add({ name: '@', type: 'NS', ttl, records: data.ns });
  for (const rrset of data.rrsets) draft.add(rrset);
  for (const name of data.names ?? []) draft.addLate(name);
  for (const record of data.raw ?? []) draft.addRaw(record);
  dropConflictingCnames(draft);
  if (!draft.owners.get(origin.key)?.rrsets.has(RrType.NS)) {
    problems.add('missing-ns', 'the zone has no name server', { owner: origin, type: 'NS' });
    return undefined;
  }
  // A negative answer is cached for the lower of the SOA's own TTL and its MINIMUM (RFC 2308 §3).
  const negativeSoa = new Rrset(origin, RrType.SOA, Math.min(ttl, minimum), [soa.rdata]);
  const nodes = linkNodes(draft);
  if (before && takeKnownNodes(nodes, before.nodes)) return before;
  return new Zone(origin, serial, nodes, negativeSoa);
}

/** Takes equal nodes from the version before, so that what differs is found by identity; true when nothing differs. */
function takeKnownNodes(nodes: Map<string, ZoneNode>, before: ReadonlyMap<string, ZoneNode>): boolean {
  let same = nodes.size === before.size;
  for (const [key, node] of nodes) {
    const known = before.get(key);
    if (!known?.equals(node)) same = false;
    // What a delegation answers depends on its glue as well, which may be new.
    else if (!node.cut) nodes.set(key, known);
  }
  return same;
}

/** The SOA as data and as octets; undefined, with the problem noted, when it cannot be served. */
export function soundSoa(
  data: SoaData | undefined,
  { origin, problems }: ZoneDraft,
): { data: SoaData; rdata: Buffer } | undefined {
  const place = { owner: origin, type: 'SOA' };
  if (!data) {
    problems.add('missing-soa', 'the zone has no SOA', place);
    return undefined;
  }
  const rdata = problems.attempt('bad-soa', place, () => encodeSoa(data, origin));
  return rdata && { data, rdata };
}

/** A CNAME is alone at its name and alone of its kind (RFC 1034 §3.6.2); where it is not, the other data wins. */
export function dropConflictingCnames({ aliases, problems }: ZoneDraft): void {
  for (const { owner, rrsets } of aliases) {
    const cname = rrsets.get(RrType.CNAME);
    if (!cname) continue;
    const place = { owner, type: 'CNAME' };
    if (rrsets.size > 1) {
      rrsets.delete(RrType.CNAME);
      problems.add('cname-beside-others', 'a CNAME stands beside other records', place);
    } else if (cname.count > 1) {
      rrsets.set(RrType.CNAME, new Rrset(owner, RrType.CNAME, cname.ttl, cname.rdatas.slice(0, 1)));
      problems.add('several-cnames', 'a name has more than one CNAME', place);
    }
  }
}
