import { addressOctets, ReverseZones, StoredRecord, words, ZoneApex, ZoneContainer, zoneDocuments } from '@lxdm/domain';
import type { ZonesContents } from '@lxdm/entities';
import { buildServableZone, RrType, targetName, zoneFileLines } from '@lxdm/nameserver';

/** So many names are made at once: a few milliseconds, after which other requests have their turn. */
const NAMES_A_SLICE = 100;

/** What is said of one name. */
interface NameParts {
  containers: ZoneContainer[];
  records: StoredRecord[];
}

/** The text of a zone, some names at a time: only what is being written is made, and the whole zone never. */
export class ZoneSlices {
  private readonly parts = new Map<string, NameParts>();
  /** NS records below the top, by where they stand and by where they lead: they decide what else is served. */
  private readonly delegations = new Map<string, StoredRecord[]>();
  private readonly servers = new Map<string, StoredRecord[]>();
  private readonly reverse: ReverseZones;

  constructor(
    private readonly apex: ZoneApex,
    private readonly zone: ZonesContents['zones'][number],
    private readonly wildcard: boolean,
  ) {
    const { name: own, cidr } = zone;
    this.reverse = new ReverseZones(cidr === null ? [] : [{ name: own, cidr }]);
    // The top comes first, with what the settings say.
    for (const name of [zone.name, apex.nameserver]) this.at(name);
  }

  addContainer(container: ZoneContainer): void {
    const { name } = container;
    if (this.zone.name === this.apex.zone) return void this.at(`${name}.${this.zone.name}`).containers.push(container);
    for (const address of words(container.addresses)) {
      const octets = addressOctets(address);
      const place = octets && this.reverse.ownerOf(octets);
      if (place) this.at(place.owner).containers.push({ name, addresses: address, hostKeys: '' });
    }
  }

  addRecord(record: StoredRecord): void {
    const { zone, owner, type, rdata } = record;
    if (zone !== this.zone.name) return;
    this.at(owner).records.push(record);
    if (type !== RrType.NS || owner === zone) return;
    listAt(this.delegations, owner).push(record);
    listAt(this.servers, targetName(type, rdata) ?? '.').push(record);
  }

  /** False where not even the top of the zone can be served. */
  isServable(): boolean {
    return this.built([]) !== undefined;
  }

  /** Lines of some names at a time, the top of the zone in the first. */
  *texts(): Generator<string> {
    const [top = '', server = '', ...others] = this.parts.keys();
    others.sort(byLabels());
    const names = [top, server, ...others];
    for (let at = 0; at < names.length; at += NAMES_A_SLICE) yield this.textOf(names.slice(at, at + NAMES_A_SLICE));
  }

  private textOf(names: readonly string[]): string {
    const zone = this.built(names);
    if (!zone) return '';
    const wanted = new Set(names);
    let text = '';
    for (const line of zoneFileLines(zone)) if (wanted.has(line.slice(0, line.indexOf(' ')))) text += line;
    return text;
  }

  private built(names: readonly string[]): ReturnType<typeof buildServableZone>['zone'] {
    const parts = names.flatMap((name) => this.parts.get(name) ?? []);
    const records = new Set(parts.flatMap((part) => part.records));
    for (const name of names) for (const record of this.deciding(name)) records.add(record);
    const containers = parts.flatMap((part) => part.containers);
    const inputs = { zones: [this.zone], containers, records: [...records], wildcard: this.wildcard };
    const [document] = zoneDocuments(this.apex, inputs);
    return document && buildServableZone(document).zone;
  }

  /** Delegations at and above a name hide it; one that leads to it makes its addresses glue. */
  private *deciding(name: string): Generator<StoredRecord> {
    yield* this.servers.get(name) ?? [];
    if (this.delegations.size === 0) return;
    for (let at = 0; at < name.length; at = name.indexOf('.', at) + 1 || name.length)
      yield* this.delegations.get(name.slice(at)) ?? [];
  }

  private at(name: string): NameParts {
    let parts = this.parts.get(name);
    if (!parts) this.parts.set(name, (parts = { containers: [], records: [] }));
    return parts;
  }
}

function listAt(map: Map<string, StoredRecord[]>, key: string): StoredRecord[] {
  let list = map.get(key);
  if (!list) map.set(key, (list = []));
  return list;
}

/** Names beside those that they lie with. */
function byLabels(): (a: string, b: string) => number {
  const keys = new Map<string, string>();
  const keyOf = (name: string): string => {
    let key = keys.get(name);
    if (key === undefined) keys.set(name, (key = name.split('.').reverse().join('\0')));
    return key;
  };
  return (a, b) => {
    const [one, other] = [keyOf(a), keyOf(b)];
    return one < other ? -1 : one > other ? 1 : 0;
  };
}
