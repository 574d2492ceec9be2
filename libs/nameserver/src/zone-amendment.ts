import { ProblemList } from './problem-list';
import { toName } from './rdata';
import { RrType } from './rr-type';
import { Rrset } from './rrset';
import { Zone } from './zone';
import { dropConflictingCnames, soundSoa } from './zone-builder';
import { NameText, RawRecord, RrsetData, SoaData } from './zone-data';
import { ZoneDraft } from './zone-draft';
import { noteAmended } from './zone-lineage';
import { ensureParent } from './zone-links';
import { ZoneNode } from './zone-node';
import { ZoneProblem } from './zone-problem';
import { parentKey, ZoneNodesDraft } from './zone-shape';

/** What is different in the next version of a zone. */
export interface ZoneAmendment {
  readonly soa: SoaData;
  /** The names whose records are replaced; those that `rrsets` says nothing about lose all of them. */
  readonly names: readonly NameText[];
  /** All records of those names. */
  readonly rrsets: Iterable<RrsetData>;
  /** More records of those names, as octets. */
  readonly raw?: Iterable<RawRecord>;
}

/**
 * The next version of a zone, at a cost that follows the change and not the zone; what cannot be served is left out and told,
 * as buildServableZone does. The zone is undefined where a change could reach further than its names (the apex, delegations)
 * or the SOA is not sound: build it whole then.
 */
export function amendZone(
  zone: Zone,
  amendment: ZoneAmendment,
): { zone: Zone | undefined; problems: readonly ZoneProblem[] } {
  const problems = new ProblemList();
  return { zone: amend(zone, amendment, problems), problems: problems.items };
}

function amend(zone: Zone, { soa, names, rrsets, raw = [] }: ZoneAmendment, problems: ProblemList): Zone | undefined {
  const { origin } = zone;
  const draft = new ZoneDraft(origin, problems);
  const sound = soundSoa(soa, draft);
  if (!sound) return undefined;
  for (const rrset of rrsets) draft.add(rrset);
  for (const record of raw) draft.addRaw(record);
  dropConflictingCnames(draft);
  const gone = namesWithout(names, draft);
  if (!staysInside(zone, draft, gone)) return undefined;

  const nodes = new ZoneNodesDraft(zone.nodes, origin.key, zone.shape);
  for (const node of draft.owners.values()) {
    ensureParent(nodes, node.owner, origin);
    nodes.set(node.owner.key, node);
  }
  removeNames(nodes, gone, origin.key);

  const { ttl, serial, minimum } = sound.data;
  const apex = new ZoneNode(origin);
  apex.add(new Rrset(origin, RrType.SOA, ttl, [sound.rdata]));
  for (const rrset of zone.nodes.get(origin.key)?.rrsets.values() ?? []) if (rrset.type !== RrType.SOA) apex.add(rrset);
  nodes.set(origin.key, apex);
  const negativeSoa = new Rrset(origin, RrType.SOA, Math.min(ttl, minimum), [sound.rdata]);
  const amended = new Zone(origin, serial, nodes.nodes, negativeSoa, nodes);
  noteAmended(zone, amended, [origin.key, ...draft.owners.keys(), ...gone]);
  return amended;
}

/** The keys of the names that lose all their records. */
function namesWithout(names: readonly NameText[], { origin, owners, problems }: ZoneDraft): Set<string> {
  const gone = new Set<string>();
  for (const text of names) {
    const name = problems.attempt('bad-name', { owner: text, type: 'ANY' }, () => toName(text, origin));
    if (name?.isWithin(origin) && !owners.has(name.key)) gone.add(name.key);
  }
  return gone;
}

function staysInside(zone: Zone, { owners, delegations }: ZoneDraft, gone: ReadonlySet<string>): boolean {
  const touched = [...gone, ...owners.keys()];
  if (touched.includes(zone.origin.key) || touched.some((key) => isAtOrBelowCut(zone, key))) return false;
  return delegations.size === 0;
}

/** True for a delegation and what lies below it, whether it has a node or not. */
function isAtOrBelowCut({ nodes, origin }: Zone, key: string): boolean {
  for (let at = key; at !== origin.key; at = parentKey(at)) {
    const node = nodes.get(at);
    if (node) return node.cut !== undefined;
  }
  return false;
}

/** Takes names away; one with names below it stays as an empty non-terminal, and one that was only that goes with its last child. */
function removeNames(nodes: ZoneNodesDraft, gone: ReadonlySet<string>, apex: string): void {
  for (const key of gone) {
    const node = nodes.get(key);
    if (node) nodes.set(key, new ZoneNode(node.owner));
    for (let at = key; at !== apex && isBare(at); at = parentKey(at)) nodes.delete(at);
  }
  function isBare(key: string): boolean {
    return nodes.get(key)?.size === 0 && !nodes.children.has(key);
  }
}
