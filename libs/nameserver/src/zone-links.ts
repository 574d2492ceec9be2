import { referral } from './answer';
import { isWithinKey, Name, nameKey } from './name';
import { RrType, typeName } from './rr-type';
import { MAX_RRSET_OCTETS, Rrset } from './rrset';
import { ZoneDraft } from './zone-draft';
import { ZoneNode } from './zone-node';
import { parentKey } from './zone-shape';

/** What nodes are looked up in while they are linked. */
interface Nodes {
  get(key: string): ZoneNode | undefined;
  set(key: string, node: ZoneNode): unknown;
}

/** Makes the tree of a zone: empty non-terminals, zone cuts, referrals with their glue. */
export function linkNodes(draft: ZoneDraft): Map<string, ZoneNode> {
  const { owners: nodes, origin } = draft;
  // Names that are put in on the way have the names above them already.
  if (draft.delegations.size === 0) for (const { owner } of nodes.values()) ensureParent(nodes, owner, origin);
  else linkDelegations(draft, nodes);
  return nodes;
}

function linkDelegations(draft: ZoneDraft, nodes: Map<string, ZoneNode>): void {
  const { origin, problems, delegations } = draft;
  const targets = delegationTargets(draft);
  // Ancestors first, so that a name finds the cut above it already marked.
  const owners = [...nodes.values()].sort((a, b) => a.owner.key.length - b.owner.key.length);
  for (const node of owners) {
    const { owner } = node;
    node.cut = ensureParent(nodes, owner, origin)?.cut;
    if (!node.cut && delegations.has(node)) node.cut = node;
    if (!node.cut) continue;
    const { rrsets } = node;
    for (const type of [...rrsets.keys()]) {
      if (belongsAtCut(node, node.cut, type, targets)) continue;
      rrsets.delete(type);
      const message = `the record is hidden by the delegation of ${node.cut.owner.toString()}`;
      problems.add('below-delegation', message, { owner, type: typeName(type) });
    }
  }
  for (const node of delegations) if (node.cut === node) addReferral(node, nodes, draft);
}

/** The node right above a name, undefined for the origin; made, with the empty non-terminals above it, when it is not there. */
export function ensureParent(nodes: Nodes, name: Name, origin: Name): ZoneNode | undefined {
  if (name.equals(origin)) return undefined;
  const known = nodes.get(parentKey(name.key));
  if (known) return known;
  const node = new ZoneNode(name.parent());
  node.cut = ensureParent(nodes, node.owner, origin)?.cut;
  nodes.set(node.owner.key, node);
  return node;
}

/** What the parent side of a cut holds: NS and DS at the cut, and addresses that serve as glue (RFC 1034 §4.2.1). */
function belongsAtCut(node: ZoneNode, cut: ZoneNode, type: number, targets: ReadonlySet<string>): boolean {
  if (node === cut && (type === RrType.NS || type === RrType.DS)) return true;
  return isAddress(type) && targets.has(node.owner.key);
}

function delegationTargets({ delegations }: ZoneDraft): Set<string> {
  const targets = new Set<string>();
  for (const { rrsets } of delegations) {
    for (const rdata of rrsets.get(RrType.NS)?.rdatas ?? []) targets.add(nameKey(rdata, 0, rdata.length));
  }
  return targets;
}

function addReferral(cut: ZoneNode, nodes: ReadonlyMap<string, ZoneNode>, draft: ZoneDraft): void {
  const ns = cut.rrsets.get(RrType.NS);
  if (!ns) return;
  const glue: Rrset[] = [];
  const optional: Rrset[] = [];
  const place = { owner: cut.owner, type: 'NS' };
  for (const rdata of ns.rdatas) {
    const target = nameKey(rdata, 0, rdata.length);
    const node = nodes.get(target);
    const addresses = node?.cut ? [...node.rrsets.values()].filter(({ type }) => isAddress(type)) : [];
    const inDomain = isWithinKey(target, cut.owner.key);
    (inDomain ? glue : optional).push(...addresses);
    if (inDomain && addresses.length === 0) {
      draft.problems.add('missing-glue', 'a name server inside the delegated zone has no address here', place);
    }
  }
  cut.referral = referral(ns, glue, optional);
  if (ns.body.length + cut.referral.glue.body.length > MAX_RRSET_OCTETS) {
    draft.problems.add('rrset-too-large', `the delegation with its glue exceeds ${MAX_RRSET_OCTETS} octets`, place);
  }
}

function isAddress(type: number): boolean {
  return type === RrType.A || type === RrType.AAAA;
}
