import { Name } from './name';
import { Place, ProblemList } from './problem-list';
import { encodeRdata, isEncodedType, MAX_TTL, toName } from './rdata';
import { isMetaType, RrType, typeName } from './rr-type';
import { FIXED_LENGTH, MAX_RRSET_OCTETS } from './rrset';
import { TypeMap } from './type-map';
import { RawRecord, RrsetData } from './zone-data';
import { ZoneProblemCode } from './zone-problem';

/** SOA has a field of its own, DNAME would need synthesis (RFC 6672), RRSIG, NSEC, NSEC3 and its parameters are made by signing. */
const OWN_MAKING: ReadonlySet<number> = new Set([RrType.SOA, RrType.DNAME, 46, 47, 50, 51]);

/** An RRset on its way into a zone: encoded, not yet checked against its neighbours. */
export interface RrsetDraft {
  ttl: number;
  octets: number;
  readonly rdatas: Buffer[];
  /** Made when there is a second record: the same record twice is one record (RFC 2181 §5). */
  seen: Set<string> | undefined;
}

/** One owner and its RRsets by type. */
export interface OwnerDraft {
  readonly owner: Name;
  readonly rrsets: TypeMap<RrsetDraft>;
}

/** Collects RRsets by owner and type, leaving out what cannot be put on the wire. */
export class ZoneDraft {
  readonly owners = new Map<string, OwnerDraft>();

  constructor(
    readonly origin: Name,
    readonly problems: ProblemList,
  ) {}

  /** Encodes the records of an RRset and adds those that are sound. */
  add(data: RrsetData): void {
    const asGiven: Place = { owner: data.name, type: data.type };
    const owner = this.problems.attempt('bad-name', asGiven, () => toName(data.name, this.origin));
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
    const owner = this.problems.attempt('bad-name', { owner: text, type: name }, () => toName(text, this.origin));
    if (!owner) return;
    const place: Place = { owner, type: name };
    const refusal = this.rawRefusal(owner, type, ttl, rdata);
    if (refusal) return this.problems.add(...refusal, place);
    this.put(owner, type, ttl, Buffer.from(rdata), place);
  }

  /** Adds one encoded record. */
  put(owner: Name, type: number, ttl: number, rdata: Buffer, place: Place): void {
    let draft = this.owners.get(owner.key);
    if (!draft) this.owners.set(owner.key, (draft = { owner, rrsets: new TypeMap() }));
    let rrset = draft.rrsets.get(type);
    if (!rrset) draft.rrsets.set(type, (rrset = { ttl, octets: 0, rdatas: [], seen: undefined }));
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
