import { Name } from './name';
import { OwnerDraft } from './owner-draft';
import { Place, ProblemList } from './problem-list';
import { isEncodedType, MAX_TTL, toName } from './rdata';
import { isMetaType, RrType, typeName } from './rr-type';
import { LateName, NameText, RawRecord, RrsetData } from './zone-data';
import { ZoneNode } from './zone-node';
import { ZoneProblemCode } from './zone-problem';

/** SOA has a field of its own, DNAME would need synthesis (RFC 6672), RRSIG, NSEC, NSEC3 and its parameters are made by signing. */
const OWN_MAKING: ReadonlySet<number> = new Set([RrType.SOA, RrType.DNAME, 46, 47, 50, 51]);

/**
 * Collects records by owner, leaving out what cannot be put on the wire. Records of one owner mostly come together: they become what is
 * served as soon as another owner's come, so that a zone of any size takes no room twice.
 */
export class ZoneDraft {
  private readonly nodes = new Map<string, ZoneNode>();
  private readonly cnames = new Set<ZoneNode>();
  private readonly cuts = new Set<ZoneNode>();
  /** Of the owner whose records are coming. */
  private open: OwnerDraft | undefined;
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

  /** Those of them that have a CNAME. */
  get aliases(): ReadonlySet<ZoneNode> {
    this.close();
    return this.cnames;
  }

  /** Those of them below the apex that have NS records. */
  get delegations(): ReadonlySet<ZoneNode> {
    this.close();
    return this.cuts;
  }

  /** Encodes the records of an RRset and adds those that are sound. */
  add(data: RrsetData): void {
    const owner = this.ownerOf(data.name, data.type);
    if (!owner) return;
    const type = typeCode(data.type);
    const refusal = this.refusal(data, owner, type);
    if (refusal) this.problems.add(...refusal, { owner, type: data.type });
    else this.openOwner(owner).add(data, type, this.origin);
  }

  /** Adds a name whose records are made later, unless it has others already. */
  addLate(late: LateName): void {
    this.close();
    const owner = this.ownerOf(late.name, 'ANY');
    if (!owner) return;
    if (!owner.isWithin(this.origin)) return this.problems.add(...outside(this.origin), { owner, type: 'ANY' });
    if (this.nodes.has(owner.key)) for (const rrset of late.rrsets()) this.add(rrset);
    else this.nodes.set(owner.key, new ZoneNode(owner, late));
  }

  /** Adds a record that is encoded already: any type but those of the zone's own making. */
  addRaw({ owner: text, type, ttl, rdata }: RawRecord): void {
    const name = typeName(type);
    const owner = this.ownerOf(text, name);
    if (!owner) return;
    const place: Place = { owner, type: name };
    const refusal = this.rawRefusal(owner, type, ttl, rdata);
    if (refusal) return this.problems.add(...refusal, place);
    this.openOwner(owner).put(type, ttl, Buffer.from(rdata), place);
  }

  /** Adds one encoded record. */
  put(owner: Name, type: number, ttl: number, rdata: Buffer, place: Place): void {
    this.openOwner(owner).put(type, ttl, rdata, place);
  }

  /** Records of one owner follow each other: its name is read once. */
  private ownerOf(text: NameText, type: string): Name | undefined {
    if (text !== this.lastText) {
      this.lastOwner = this.problems.attempt('bad-name', { owner: text, type }, () => toName(text, this.origin));
      // A name that is none is told each time.
      this.lastText = this.lastOwner && text;
    }
    return this.lastOwner;
  }

  private openOwner(owner: Name): OwnerDraft {
    if (this.open?.owner.key === owner.key) return this.open;
    this.close();
    const node = this.nodes.get(owner.key);
    // A name is spelt in one way, whatever letters its records came with (RFC 4343 §4.2).
    return (this.open = new OwnerDraft(node?.owner ?? owner, this.problems, node?.rrsets));
  }

  private close(): void {
    const { open } = this;
    this.open = undefined;
    for (const rrset of open?.rrsets() ?? []) {
      const { owner, type } = rrset;
      let node = this.nodes.get(owner.key);
      // A name of which nothing can be served is not there.
      if (!node) this.nodes.set(owner.key, (node = new ZoneNode(owner)));
      node.add(rrset);
      if (type === RrType.CNAME) this.cnames.add(node);
      if (type === RrType.NS && owner.key !== this.origin.key) this.cuts.add(node);
    }
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
    if (!owner.isWithin(this.origin)) return outside(this.origin);
    if (!Number.isInteger(ttl) || ttl < 0 || ttl > MAX_TTL) {
      return ['bad-ttl', `the TTL ${ttl} is not an integer from 0 to ${MAX_TTL}`];
    }
    // RFC 4592 §4.2 leaves open what a delegation by wildcard would mean.
    if (type === RrType.NS && owner.isWildcard()) return ['wildcard-delegation', 'a wildcard cannot delegate'];
    return undefined;
  }
}

function outside(origin: Name): [ZoneProblemCode, string] {
  return ['outside-zone', `the name is not within ${origin.toString()}`];
}

function typeCode(type: string): number {
  if (isEncodedType(type)) return RrType[type];
  return /^TYPE\d{1,5}$/.test(type) ? Number(type.slice('TYPE'.length)) : Number.NaN;
}

/** Raw data is for types without an encoder; SOA has a field of its own, and DNAME would need synthesis (RFC 6672). */
function isStorable(type: string, code: number): boolean {
  if (isEncodedType(type)) return true;
  if (!(code <= 0xffff) || isMetaType(code)) return false;
  return code !== RrType.SOA && code !== RrType.DNAME && !isEncodedType(typeName(code));
}
