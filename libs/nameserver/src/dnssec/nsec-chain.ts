import { canonicalOrder } from '../canonical-order';
import { ZoneNode } from '../zone-node';

/** A name of the chain, with what it sorts by. */
export interface ChainLink {
  readonly key: string;
  readonly order: string;
}

/** The names that have NSEC records, in canonical order (RFC 4035 §2.3). Immutable; the next version shares what stays. */
export class NsecChain {
  private constructor(
    readonly links: readonly ChainLink[],
    private readonly apexOctets: number,
  ) {}

  /** The chain of a zone's names, made from that of the version before where there is one. */
  static of(
    nodes: ReadonlyMap<string, ZoneNode>,
    apex: string,
    before?: { chain: NsecChain; has: (key: string) => boolean },
  ): NsecChain {
    const added: ChainLink[] = [];
    let count = 0;
    for (const [key, node] of nodes) {
      if (!isChained(node)) continue;
      count += 1;
      if (!before?.has(key)) added.push({ key, order: canonicalOrder(key, apex.length) });
    }
    const old = before?.chain.links ?? [];
    const isKept = ({ key }: ChainLink) => isChained(nodes.get(key));
    const kept = count - added.length === old.length ? old : old.filter(isKept);
    if (before && kept === old && added.length === 0) return before.chain;
    added.sort((a, b) => (a.order < b.order ? -1 : 1));
    return new NsecChain(kept.length === 0 ? added : merged(kept, added), apex.length);
  }

  /** The name that comes after the one at the index; after the last comes the first. */
  after(index: number): ChainLink {
    return (this.links[index + 1] ?? this.links[0]) as ChainLink;
  }

  /** The key of the name itself, or of the one before it, whose NSEC record tells that it does not exist. */
  atOrBefore(key: string): string {
    const order = canonicalOrder(key, this.apexOctets);
    let low = 0;
    let high = this.links.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.links[middle] as ChainLink).order <= order) low = middle;
      else high = middle - 1;
    }
    return (this.links[low] as ChainLink).key;
  }
}

/** Names with data of the zone's own, delegations among them; not what is below those, nor empty non-terminals. */
function isChained(node: ZoneNode | undefined): boolean {
  return node !== undefined && node.size > 0 && (node.cut === undefined || isCut(node));
}

/** True for the name that delegates. A signed one knows the unsigned one as its cut. */
export function isCut({ cut, owner }: ZoneNode): boolean {
  return cut?.owner.key === owner.key;
}

function merged(a: readonly ChainLink[], b: readonly ChainLink[]): ChainLink[] {
  const links: ChainLink[] = [];
  let at = 0;
  for (const link of b) {
    for (; at < a.length && (a[at] as ChainLink).order < link.order; at++) links.push(a[at] as ChainLink);
    links.push(link);
  }
  for (; at < a.length; at++) links.push(a[at] as ChainLink);
  return links;
}
