import { Name } from './name';
import { Place, ProblemList } from './problem-list';
import { encodeRdata } from './rdata';
import { FIXED_LENGTH, MAX_RRSET_OCTETS, Rrset } from './rrset';
import { TypeMap } from './type-map';
import { RrsetData } from './zone-data';

/** An RRset on its way into a zone: encoded, not yet checked against its neighbours. */
interface RrsetDraft {
  readonly type: number;
  ttl: number;
  octets: number;
  readonly rdatas: Buffer[];
  /** Made when there is a second record: the same record twice is one record (RFC 2181 §5). */
  seen: Set<string> | undefined;
}

/** Collects the records of one owner by type, leaving out what cannot be put on the wire. */
export class OwnerDraft {
  /** Few, as a name has few types. */
  private readonly drafts: RrsetDraft[] = [];

  constructor(
    readonly owner: Name,
    private readonly problems: ProblemList,
    /** What the owner has already. */
    private readonly before?: TypeMap<Rrset>,
  ) {}

  /** Encodes the records of an RRset and adds those that are sound. */
  add(data: RrsetData, type: number, origin: Name): void {
    const place: Place = { owner: this.owner, type: data.type };
    const { length } = data.records;
    for (let index = 0; index < length; index++) {
      const rdata = this.encoded(data, index, origin, place);
      if (rdata) this.put(type, data.ttl, rdata, place);
    }
  }

  /** Adds one encoded record. */
  put(type: number, ttl: number, rdata: Buffer, place: Place): void {
    const draft = this.draftOf(type, ttl);
    // TTLs within an RRset must be equal; of two that differ the lower is safe (RFC 2181 §5.2).
    draft.ttl = Math.min(draft.ttl, ttl);
    if (isKnown(draft, rdata)) return;
    const octets = draft.octets + 2 + FIXED_LENGTH + rdata.length;
    if (octets > MAX_RRSET_OCTETS) {
      return this.problems.add('rrset-too-large', `the RRset exceeds ${MAX_RRSET_OCTETS} octets`, place);
    }
    draft.octets = octets;
    draft.rdatas.push(rdata);
  }

  /** What came, those RRsets included that had records before and got more. */
  rrsets(): Rrset[] {
    const made: Rrset[] = [];
    for (const { type, ttl, rdatas } of this.drafts) {
      // In the order of their octets, so that a version is the same octets whoever builds it of records in whatever order.
      if (rdatas.length > 1) rdatas.sort((one, other) => one.compare(other));
      if (rdatas.length > 0) made.push(new Rrset(this.owner, type, ttl, rdatas));
    }
    return made;
  }

  private draftOf(type: number, ttl: number): RrsetDraft {
    let draft = this.drafts.find((one) => one.type === type);
    if (!draft) {
      const before = this.before?.get(type);
      draft = {
        type,
        ttl: before?.ttl ?? ttl,
        octets: before?.octets ?? 0,
        rdatas: before ? [...before.rdatas] : [],
        seen: undefined,
      };
      this.drafts.push(draft);
    }
    return draft;
  }

  private encoded(data: RrsetData, index: number, origin: Name, place: Place): Buffer | undefined {
    try {
      return encodeRdata(data, index, origin);
    } catch (error) {
      return this.problems.caught('bad-rdata', error, place);
    }
  }
}

function isKnown(draft: RrsetDraft, rdata: Buffer): boolean {
  if (draft.rdatas.length === 0) return false;
  const seen = (draft.seen ??= new Set(draft.rdatas.map((known) => known.toString('latin1'))));
  const size = seen.size;
  return seen.add(rdata.toString('latin1')).size === size;
}
