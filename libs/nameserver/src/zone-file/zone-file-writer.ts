import { canonicalOrder } from '../canonical-order';
import { hasTextForm, rdataFields } from '../records/rdata-text';
import { RrType, typeName } from '../rr-type';
import { Rrset } from '../rrset';
import { Zone } from '../zone';

/** A record that is longer is written in parentheses, a field a line: readers bound their lines. */
const MAX_RECORD_LINE = 4_096;

/** The text of a zone that name servers load (RFC 1035 §5): absolute names in canonical order, TTL and class in every line. */
export function writeZoneFile(zone: Zone): string {
  return [...zoneFileLines(zone)].join('');
}

/** The same a record at a time, for zones that are large; each with its end of line. */
export function* zoneFileLines(zone: Zone): Generator<string> {
  const nodes = [...zone.nodes.values()].map((node) => ({ node, order: canonicalOrder(node.owner.key) }));
  nodes.sort((a, b) => (a.order < b.order ? -1 : 1));
  for (const { node } of nodes) {
    const rrsets = [...node.rrsets.values()].sort((a, b) => rank(a.type) - rank(b.type));
    for (const rrset of rrsets) yield* rrsetLines(rrset);
  }
}

function* rrsetLines({ owner, type, ttl, rdatas }: Rrset): Generator<string> {
  const head = `${owner.toString()} ${ttl} IN ${mnemonic(type)}`;
  for (const rdata of rdatas.toSorted((a, b) => a.compare(b))) {
    const fields = rdataFields(type, rdata);
    const line = [head, ...fields].join(' ');
    yield line.length <= MAX_RECORD_LINE ? `${line}\n` : `${head} (\n  ${fields.join('\n  ')}\n)\n`;
  }
}

/** Types whose data is written as octets go by their number. */
function mnemonic(type: number): string {
  return hasTextForm(type) ? typeName(type) : `TYPE${type}`;
}

/** SOA, then NS, then by number. */
function rank(type: number): number {
  return type === RrType.SOA ? -2 : type === RrType.NS ? -1 : type;
}
