import { Name } from './name';
import { Place, ProblemList } from './problem-list';
import { encodeRdata, isEncodedType, MAX_TTL, toName } from './rdata';
import { isMetaType, RrType, typeName } from './rr-type';
import { FIXED_LENGTH, MAX_RRSET_OCTETS, Rrset } from './rrset';
import { TypeMap } from './type-map';
import { NameText, RawRecord, RrsetData } from './zone-data';
import { ZoneNode } from './zone-node';
import { ZoneProblemCode } from './zone-problem';

/** SOA has a field of its own, DNAME would need synthesis (RFC 6672), RRSIG, NSEC, NSEC3 and its parameters are made by signing. */
const OWN_MAKING: ReadonlySet<number> = new Set([RrType.SOA, RrType.DNAME, 46, 47, 50, 51]);

/** An RRset on its way into a zone: encoded, not yet checked against its neighbours. */
interface RrsetDraft {
  ttl: number;
  octets: number;
  readonly rdatas: Buffer[];
  /** Made when there is a second record: the same record twice is one record (RFC 2181 §5). */
  seen: Set<string> | undefined;
}

/** The owner whose records are coming, with those RRsets of its that have come. */
interface OpenOwner {
  readonly node: ZoneNode;
  readonly rrsets: TypeMap<RrsetDraft>;
}

/**
 * Collects RRsets by owner and type, leaving out what cannot be put on the wire. Records of one owner mostly come together: they
 * become what is served as soon as another owner's come, so that a zone of any size takes no room twice.
 */
export class ZoneDraft {
  /** True where a name below the apex has NS records. */
  delegates = false;
  private readonly nodes = new Map<string, ZoneNode>();
  private open: OpenOwner | undefined;
  private lastText: NameText | undefined;
  private lastOwner: Name | undefined;

  constructor(
    readonly origin: Name,
    readonly problems: ProblemList,
  ) {}

  /** The owners with all that came so far, by key. */
  get owners(): Map<string, ZoneNode> {
    this.close();
    return this.nodes;
  }

  /** Encodes the records of an RRset and adds those that are sound. */
  add(data: RrsetData): void {
    const asGiven: Place = { owner: data.name, type: data.type };
    const owner = this.ownerOf(data.name, asGiven);
    if (!owner) return;
    const place: Place = { owner, type: data.type };
    const type = typeCode(data.type);
    const refusal = this.refusal(data, owner, type);
    if (refusal) return this.problems.add(...refusal, place);
    for (const encode of encodeRdata(data, this.origin)) {
      const rdata = this.problems.attempt('bad-rdata', place, encode);
      if (rdata) this.put(owner, type, data.ttl, rdata, place);
    }
  }

  /** Adds a record that is encoded already: any type but those of the zone's own making. */
  addRaw({ owner: text, type, ttl, rdata }: RawRecord): void {
    const name = typeName(type);
    const owner = this.ownerOf(text, { owner: text, type: name });
    if (!owner) return;
    const place: Place = { owner, type: name };
    const refusal = this.rawRefusal(owner, type, ttl, rdata);
    if (refusal) return this.problems.add(...refusal, place);
    this.put(owner, type, ttl, Buffer.from(rdata), place);
  }

  /** Adds one encoded record. */
  put(owner: Name, type: number, ttl: number, rdata: Buffer, place: Place): void {
    const rrset = this.draftOf(owner, type, ttl);
    // TTLs within an RRset must be equal; of two that differ the lower is safe (RFC 2181 §5.2).
    rrset.ttl = Math.min(rrset.ttl, ttl);
    if (isKnown(rrset, rdata)) return;
    const octets = rrset.octets + 2 + FIXED_LENGTH + rdata.length;
    if (octets > MAX_RRSET_OCTETS) {
      return this.problems.add('rrset-too-large', `the RRset exceeds ${MAX_RRSET_OCTETS} octets`, place);
    }
    rrset.octets = octets;
    rrset.rdatas.push(rdata);
  }

  /** Records of one owner follow each other: its name is read once. */
  private ownerOf(text: NameText, place: Place): Name | undefined {
    if (text !== this.lastText) {
      this.lastOwner = this.problems.attempt('bad-name', place, () => toName(text, this.origin));
      // A name that is none is told each time.
      this.lastText = this.lastOwner && text;
    }
    return this.lastOwner;
  }

  private draftOf(owner: Name, type: number, ttl: number): RrsetDraft {
    const { node, rrsets } = this.openOwner(owner);
    let rrset = rrsets.get(type);
    if (!rrset) {
      const before = node.rrsets.get(type);
      rrset = {
        ttl: before?.ttl ?? ttl,
        octets: before?.octets ?? 0,
        rdatas: [...(before?.rdatas ?? [])],
        seen: undefined,
      };
      rrsets.set(type, rrset);
      if (type === RrType.NS && !owner.equals(this.origin)) this.delegates = true;
    }
    return rrset;
  }

  private openOwner(owner: Name): OpenOwner {
    if (this.open?.node.owner.key === owner.key) return this.open;
    this.close();
    let node = this.nodes.get(owner.key);
    if (!node) this.nodes.set(owner.key, (node = new ZoneNode(owner)));
    return (this.open = { node, rrsets: new TypeMap() });
  }

  private close(): void {
    if (!this.open) return;
    const { node, rrsets } = this.open;
    for (const [type, { ttl, rdatas }] of rrsets) {
      // In the order of their octets, so that a version is the same octets whoever builds it of records in whatever order.
      if (rdatas.length > 1) rdatas.sort((one, other) => one.compare(other));
      if (rdatas.length > 0) node.add(new Rrset(node.owner, type, ttl, rdatas));
    }
    this.open = undefined;
  }

  private refusal(data: RrsetData, owner: Name, type: number): [ZoneProblemCode, string] | undefined {
    if (!isStorable(data.type, type)) return ['unsupported-type', `${data.type} cannot be stored`];
    if (data.records.length === 0) return ['empty-rrset', 'the RRset has no records'];
    return this.placeRefusal(owner, type, data.ttl);
  }

  private rawRefusal(owner: Name, type: number, ttl: number, rdata: Uint8Array): [ZoneProblemCode, string] | undefined {
    if (!(type > 0 && type <= 0xffff) || isMetaType(type) || OWN_MAKING.has(type))
      return ['unsupported-type', `${typeName(type)} cannot be stored`];
    if (rdata.length > 0xffff) return ['bad-rdata', `the data has ${rdata.length} octets, at most 65535 fit`];
    return this.placeRefusal(owner, type, ttl);
  }

  private placeRefusal(owner: Name, type: number, ttl: number): [ZoneProblemCode, string] | undefined {
    if (!owner.isWithin(this.origin)) return ['outside-zone', `the name is not within ${this.origin.toString()}`];
    if (!Number.isInteger(ttl) || ttl < 0 || ttl > MAX_TTL) {
      return ['bad-ttl', `the TTL ${ttl} is not an integer from 0 to ${MAX_TTL}`];
    }
    // RFC 4592 §4.2 leaves open what a delegation by wildcard would mean.
    if (type === RrType.NS && owner.isWildcard()) return ['wildcard-delegation', 'a wildcard cannot delegate'];
    return undefined;
  }
}

function isKnown(rrset: RrsetDraft, rdata: Buffer): boolean {
  if (rrset.rdatas.length === 0) return false;
  const seen = (rrset.seen ??= new Set(rrset.rdatas.map((known) => known.toString('latin1'))));
  const size = seen.size;
  return seen.add(rdata.toString('latin1')).size === size;
}

function typeCode(type: string): number {
  if (/^TYPE\d{1,5}$/.test(type)) return Number(type.slice('TYPE'.length));
  return isEncodedType(type) ? RrType[type] : Number.NaN;
}

/** Raw data is for types without an encoder; SOA has a field of its own, and DNAME would need synthesis (RFC 6672). */
function isStorable(type: string, code: number): boolean {
  if (isEncodedType(type)) return true;
  if (!(code <= 0xffff) || isMetaType(code)) return false;
  return code !== RrType.SOA && code !== RrType.DNAME && !isEncodedType(typeName(code));
}
