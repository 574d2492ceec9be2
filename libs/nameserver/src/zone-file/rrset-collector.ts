import { Name, nameKey } from '../name';
import { FIXED_LENGTH, MAX_RRSET_OCTETS } from '../rrset';
import { RrsetData, SoaData } from '../zone-data';
import { ZoneFileRecord } from './entry-reader';
import { ProblemLog } from './problem-log';
import { TextPlace } from './zone-file-problem';

/** More records of one name and type make answers that no client wants. */
export const MAX_RECORDS = 100;

/** Records of one name and type, with the place of each. */
export type ZoneFileRrset = RrsetData & { readonly places: readonly TextPlace[] };

interface RrsetDraft {
  readonly type: RrsetData['type'];
  readonly ttl: number;
  readonly records: RrsetData['records'][number][];
  readonly places: TextPlace[];
  readonly rdatas: Buffer[];
  /** The line of each record by its octets; made when there is a second record, as most sets have one. */
  lines: Map<string, number> | undefined;
  octets: number;
  refusedMore: boolean;
}

interface OwnerDraft {
  readonly owner: Name;
  readonly rrsets: Map<string, RrsetDraft>;
}

/** Where the name begins in the RDATA of types that hold nothing behind it: names are equal without regard to case. */
const nameOffsets: Readonly<Record<string, number>> = { NS: 0, CNAME: 0, PTR: 0, MX: 2, SRV: 6 };

/** Gathers records into RRsets and tells what cannot stand together. */
export class RrsetCollector {
  soa: SoaData | undefined;
  soaPlace: TextPlace | undefined;
  private readonly owners = new Map<string, OwnerDraft>();

  constructor(
    private readonly zone: Name,
    private readonly problems: ProblemLog,
  ) {}

  add(record: ZoneFileRecord): void {
    const { owner, ttl, body, place } = record;
    if (body.type === 'SOA') return this.addSoa(owner, { ...body.data, ttl }, place);
    if (body.type === 'DS' && owner.equals(this.zone)) {
      return this.problems.add('misplaced-ds', place, 'the DS of a zone stands in the zone above it: delete it here');
    }
    const rrset = this.rrsetOf(owner, body.type, ttl);
    const known = knownLine(rrset, body.rdata);
    if (known !== undefined) {
      return this.problems.add('duplicate-record', place, `the same record stands in line ${known}: delete one`);
    }
    if (!this.hasRoom(rrset, place)) return;
    if (rrset.ttl !== ttl) {
      const line = rrset.places[0]?.line ?? 0;
      const message = `the TTL is ${ttl}, in line ${line} it is ${rrset.ttl}: records of one name and type have one TTL (RFC 2181)`;
      return this.problems.add('ttl-differs', place, message);
    }
    rrset.octets += 2 + FIXED_LENGTH + body.rdata.length;
    if (rrset.octets > MAX_RRSET_OCTETS) {
      const message = `the records of this name and type have more than ${MAX_RRSET_OCTETS} octets: leave out some`;
      return this.problems.add('rrset-too-large', place, message);
    }
    rrset.lines?.set(recordKey(rrset.type, body.rdata), place.line);
    rrset.rdatas.push(body.rdata);
    rrset.records.push(body.data);
    rrset.places.push(place);
  }

  /** The RRsets, in the order of the text, without the CNAMEs that stand beside others. */
  finish(): ZoneFileRrset[] {
    const rrsets: ZoneFileRrset[] = [];
    for (const { owner, rrsets: found } of this.owners.values()) {
      this.checkCname(owner, found);
      const name = owner.toString();
      for (const { type, ttl, records, places } of found.values()) {
        // The records were read by the type that stands beside them.
        if (records.length > 0) rrsets.push({ name, type, ttl, records, places } as ZoneFileRrset);
      }
    }
    return rrsets;
  }

  private hasRoom(rrset: RrsetDraft, place: TextPlace): boolean {
    const [first] = rrset.places;
    if (rrset.type === 'CNAME' && first) {
      this.problems.add('several-cnames', place, `the name has a CNAME in line ${first.line}: it can have only one`);
      return false;
    }
    if (rrset.records.length < MAX_RECORDS) return true;
    if (!rrset.refusedMore) {
      this.problems.add(
        'too-many-records',
        place,
        `a name has at most ${MAX_RECORDS} records of one type: leave out the rest`,
      );
    }
    rrset.refusedMore = true;
    return false;
  }

  private addSoa(owner: Name, soa: SoaData, place: TextPlace): void {
    if (!owner.equals(this.zone)) {
      this.problems.add('misplaced-soa', place, `an SOA stands at ${this.zone.toString()} only: delete it`);
    } else if (this.soaPlace) {
      this.problems.add('misplaced-soa', place, `the zone has an SOA in line ${this.soaPlace.line}: delete one`);
    } else {
      this.soa = soa;
      this.soaPlace = place;
    }
  }

  /** RFC 1034 §3.6.2; the apex always has SOA and NS. */
  private checkCname(owner: Name, rrsets: Map<string, RrsetDraft>): void {
    const cname = rrsets.get('CNAME')?.places[0];
    if (!cname) return;
    if (owner.equals(this.zone)) {
      this.problems.add(
        'cname-beside-others',
        cname,
        'the name of the zone has SOA and NS and cannot be a CNAME: write A and AAAA',
      );
    } else if (rrsets.size > 1) {
      const other = [...rrsets.values()].find(({ type }) => type !== 'CNAME') as RrsetDraft;
      const [place, line] = isBefore(cname, other.places[0])
        ? [other.places[0] ?? cname, cname.line]
        : [cname, other.places[0]?.line ?? 0];
      this.problems.add(
        'cname-beside-others',
        place,
        `a CNAME stands alone at its name: delete it or the records beside it (line ${line})`,
      );
    } else return;
    rrsets.delete('CNAME');
  }

  private rrsetOf(owner: Name, type: RrsetData['type'], ttl: number): RrsetDraft {
    let draft = this.owners.get(owner.key);
    if (!draft) this.owners.set(owner.key, (draft = { owner, rrsets: new Map() }));
    let rrset = draft.rrsets.get(type);
    if (!rrset) {
      rrset = { type, ttl, records: [], places: [], rdatas: [], lines: undefined, octets: 0, refusedMore: false };
      draft.rrsets.set(type, rrset);
    }
    return rrset;
  }
}

function isBefore(a: TextPlace, b: TextPlace | undefined): boolean {
  return b === undefined || a.line < b.line || (a.line === b.line && a.column < b.column);
}

/** The line in which a record stands already (RFC 2181 §5: the same record twice is one record). */
function knownLine(rrset: RrsetDraft, rdata: Buffer): number | undefined {
  const { type, rdatas, places } = rrset;
  if (rdatas.length === 0) return undefined;
  rrset.lines ??= new Map(rdatas.map((known, index) => [recordKey(type, known), places[index]?.line ?? 0]));
  return rrset.lines.get(recordKey(type, rdata));
}

function recordKey(type: string, rdata: Buffer): string {
  const offset = nameOffsets[type];
  if (offset === undefined) return rdata.toString('latin1');
  return rdata.toString('latin1', 0, offset) + nameKey(rdata, offset, rdata.length);
}
