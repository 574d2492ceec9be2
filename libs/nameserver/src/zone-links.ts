import { referral } from './answer';
import { isWithinKey, Name, nameKey } from './name';
import { RrType, typeName } from './rr-type';
import { MAX_RRSET_OCTETS, Rrset } from './rrset';
import { ZoneDraft } from './zone-draft';
import { ZoneNode } from './zone-node';

/** Makes the tree of a zone: empty non-terminals, zone cuts, referrals with their glue. */
export function linkNodes(draft: ZoneDraft): Map<string, ZoneNode> {
  const nodes = new Map<string, ZoneNode>();
  // Ancestors first, so that a name finds the cut above it already marked.
  const owners = [...draft.owners.values()].sort((a, b) => a.owner.key.length - b.owner.key.length);
  const targets = delegationTargets(draft);
  for (const { owner, rrsets } of owners) {
    const node = ensureNode(nodes, owner, draft.origin);
    if (!node.cut && rrsets.has(RrType.NS) && !owner.equals(draft.origin)) node.cut = node;
    for (const [type, { ttl, rdatas }] of rrsets) {
      if (node.cut && !belongsAtCut(node, node.cut, type, targets)) {
        const message = `the record is hidden by the delegation of ${node.cut.owner.toString()}`;
        draft.problems.add('below-delegation', message, { owner, type: typeName(type) });
      } else {
        node.add(new Rrset(owner, type, ttl, rdatas));
      }
    }
  }
  for (const node of nodes.values()) if (node.cut === node) addReferral(node, nodes, draft);
  return nodes;
}

/** The node of a name; made, with the empty non-terminals above it, when it is not there. */
export function ensureNode(nodes: Map<string, ZoneNode>, name: Name, origin: Name): ZoneNode {
  const known = nodes.get(name.key);
  if (known) return known;
  const node = new ZoneNode(name);
  if (!name.equals(origin)) node.cut = ensureNode(nodes, name.parent(), origin).cut;
  nodes.set(name.key, node);
  return node;
}

/** What the parent side of a cut holds: NS and DS at the cut, and addresses that serve as glue (RFC 1034 §4.2.1). */
function belongsAtCut(node: ZoneNode, cut: ZoneNode, type: number, targets: ReadonlySet<string>): boolean {
  if (node === cut && (type === RrType.NS || type === RrType.DS)) return true;
  return isAddress(type) && targets.has(node.owner.key);
}

function delegationTargets(draft: ZoneDraft): Set<string> {
  const targets = new Set<string>();
  for (const { owner, rrsets } of draft.owners.values()) {
    if (owner.equals(draft.origin)) continue;
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
