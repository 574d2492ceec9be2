import {
  addressBehind,
  addressOctets,
  addressText,
  reverseZones,
  ReverseZones,
  rrsetsOf,
  SkippedName,
  words,
  ZoneApex,
  ZoneContainer,
  ZoneDocument,
  zoneDocuments,
} from '@lxdm/domain';
import type { FurtherTouched, ZonesContents, ZonesNews, ZonesState } from '@lxdm/entities/zones';
import { amendZone, buildServableZone, Name, RrType, Zone, ZoneProblem } from '@lxdm/nameserver';

/** How a version came to be what it is. */
export type VersionOrigin = 'built' | 'amended' | 'same' | 'snapshot';

/** A state of all zones, before it is signed. */
export interface ZonesVersion extends Omit<ZonesState, 'wildcard'> {
  /** Serial of the forward zone. */
  serial: number;
  /** By origin, as absolute text; the forward zone first. */
  built: ReadonlyMap<string, Zone>;
  how: VersionOrigin;
}

/** Names that are not served, told when they are found and not at every load. */
export type ReportSkipped = (names: readonly SkippedName[]) => void;

const SERIALS = 2 ** 32;

/** Makes each version of the zones from the one before; holds the last good one whatever happens. No I/O. */
export class ZoneKeeper {
  private version: ZonesVersion | undefined;
  /** What is left out, by its name; a name may be told for several types. */
  private readonly skipped = new Map<string, SkippedName[]>();

  constructor(
    private readonly apex: ZoneApex,
    private readonly reportSkipped: ReportSkipped,
  ) {}

  get current(): ZonesVersion | undefined {
    return this.version;
  }

  get skippedCount(): number {
    return this.skipped.size;
  }

  /** Goes on from what an earlier process served. */
  restore(version: ZonesVersion): void {
    this.version ??= version;
  }

  /** Takes a whole load; what does not differ is kept. */
  whole(contents: ZonesContents): ZonesVersion {
    const { version: before } = this;
    const odd: SkippedName[] = [];
    const built = new Map<string, Zone>();
    for (const document of zoneDocuments(this.apex, contents)) {
      const { zone, problems } = buildServableZone(document, before?.built.get(document.origin));
      odd.push(...document.skipped, ...problems.map(refused));
      if (zone) built.set(document.origin, zone);
      else if (document.origin === this.apex.zone)
        throw new Error(`the zone cannot be served: ${problems.map(({ message }) => message).join('; ')}`);
    }
    const same =
      built.size === before?.built.size && [...built].every(([name, zone]) => before.built.get(name) === zone);
    this.note([...this.skipped.keys()], odd);
    return (this.version = versionOf(contents, built, same ? 'same' : 'built'));
  }

  /** Takes what is new; undefined when it does not fit the version that there is, so that a whole load is needed. */
  news(news: ZonesNews): ZonesVersion | undefined {
    const before = this.version;
    if (!before || !news.complete || news.seq < before.seq || !follows(before, news)) return undefined;
    if (news.bumps === 0) return (this.version = versionOf(news, before.built, 'same'));
    // Containers without records change with the wildcard, and no journal names them.
    if (news.touched.includes(`*.${this.apex.zone}`)) return undefined;
    const odd: SkippedName[] = [];
    const built = new Map<string, Zone>();
    const owners = news.touched.filter(isCanonical);
    for (const document of zoneDocuments(this.apex, news)) {
      const zone = before.built.get(document.origin);
      const amended = zone && amendedZone(zone, document, owners);
      if (!amended?.zone) return undefined;
      built.set(document.origin, amended.zone);
      odd.push(...document.skipped, ...amended.problems.map(refused));
    }
    this.note(news.touched, odd);
    return (this.version = versionOf(news, built, 'amended'));
  }

  /** What changes with some names: the names of the addresses that they had or have now. */
  readonly further = (touched: readonly string[], containers: readonly ZoneContainer[]): FurtherTouched => {
    const { version } = this;
    const zones = reverseZones(version?.zones ?? []);
    const forward = version?.built.get(this.apex.zone);
    const before = forward ? touched.flatMap((owner) => addressesAt(forward, owner)) : [];
    const after = containers.flatMap(({ addresses }) => words(addresses)).flatMap((text) => addressOctets(text) ?? []);
    return inReverse(zones, [...before, ...after, ...touched.flatMap((owner) => this.addressOf(owner) ?? [])]);
  };

  /** The address whose name a record was put beside: the container that has it says something there too. */
  private addressOf(owner: string): Uint8Array | undefined {
    for (const { name, cidr } of this.version?.zones ?? []) {
      const text = cidr === null ? undefined : addressBehind(owner, { name, cidr });
      if (text !== undefined) return addressOctets(text);
    }
    return undefined;
  }

  private note(touched: readonly string[], odd: readonly SkippedName[]): void {
    const news = odd.filter(({ name, type, reason }) => {
      const known = this.skipped.get(name);
      return !known?.some((one) => one.type === type && one.reason === reason);
    });
    const { zone } = this.apex;
    for (const owner of touched) {
      this.skipped.delete(owner);
      if (owner.endsWith(`.${zone}`)) this.skipped.delete(owner.slice(0, -zone.length - 1));
    }
    for (const one of odd) this.skipped.set(one.name, [...(this.skipped.get(one.name) ?? []), one]);
    if (news.length > 0) this.reportSkipped(news);
  }
}

function versionOf(state: ZonesState, built: ReadonlyMap<string, Zone>, how: VersionOrigin): ZonesVersion {
  const { seq, journal, bumpedAt, zones, zoneKeys, tsigKeys, secondaries } = state;
  return { seq, journal, bumpedAt, zones, zoneKeys, tsigKeys, secondaries, serial: zones[0]?.serial ?? 0, built, how };
}

/** Every bump is an entry of the journal: another sum, or other zones, mean another history, such as a restored backup. */
function follows(before: ZonesVersion, { zones, bumps }: ZonesNews): boolean {
  const serials = new Map(before.zones.map(({ name, serial }) => [name, serial]));
  return (
    zones.length === before.built.size &&
    zones.every(({ name, serial }) => ((serials.get(name) ?? NaN) + bumps) % SERIALS === serial)
  );
}

function amendedZone(zone: Zone, document: ZoneDocument, touched: readonly string[]): ReturnType<typeof amendZone> {
  const { origin, raw, soa } = document;
  const names = new Set(touched.filter((owner) => owner === origin || owner.endsWith(`.${origin}`)));
  const absolute = (name: string): string => (name.endsWith('.') ? name : `${name}.${origin}`);
  return amendZone(zone, {
    soa,
    names: [...names],
    rrsets: [...rrsetsOf(document)].filter(({ name }) => names.has(absolute(name))),
    raw: raw.filter(({ owner }) => names.has(owner)),
  });
}

/** A name from a host may be anything: with characters that mean something in a zone file it is no name of a zone. */
function isCanonical(owner: string): boolean {
  try {
    return Name.parse(owner).toString() === owner;
  } catch {
    return false;
  }
}

function addressesAt({ nodes }: Zone, owner: string): Uint8Array[] {
  const rrsets = isCanonical(owner) ? nodes.get(Name.parse(owner).key)?.rrsets : undefined;
  return [RrType.A, RrType.AAAA].flatMap((type) => rrsets?.get(type)?.rdatas ?? []);
}

function inReverse(zones: ReverseZones, addresses: readonly Uint8Array[]): FurtherTouched {
  const owners: string[] = [];
  const texts: string[] = [];
  for (const octets of addresses) {
    const place = zones.ownerOf(octets);
    if (!place) continue;
    owners.push(place.owner);
    texts.push(addressText(octets));
  }
  return { owners, addresses: texts };
}

function refused({ owner, type, message }: ZoneProblem): SkippedName {
  return { name: owner ?? '', reason: type === undefined ? message : `${type}: ${message}` };
}
