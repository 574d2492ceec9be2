import { SkippedName, ZoneApex, zoneDocument } from '@lxdm/domain';
import type { ZoneContents, ZoneNews } from '@lxdm/entities';
import { amendZone, buildServableZone, Zone, ZoneProblem } from '@lxdm/nameserver';

/** How a zone came to be what it is. */
export interface ZoneVersion {
  zone: Zone;
  serial: number;
  /** The change feed's last entry that is contained. */
  seq: number;
  how: 'built' | 'amended' | 'same';
}

/** Names that are not served, told when they are found and not at every load. */
export type ReportSkipped = (names: readonly SkippedName[]) => void;

const SERIALS = 2 ** 32;

/** Makes each version of the zone from the one before; holds the last good one whatever happens. No I/O. */
export class ZoneKeeper {
  private version: ZoneVersion | undefined;
  /** The addresses of each name as one text, to find what differs between two whole loads. */
  private addresses = new Map<string, string>();
  private readonly skipped = new Map<string, string>();

  constructor(
    private readonly apex: ZoneApex,
    private readonly reportSkipped: ReportSkipped,
  ) {}

  get current(): ZoneVersion | undefined {
    return this.version;
  }

  get skippedCount(): number {
    return this.skipped.size;
  }

  /** Takes a whole load; only what differs from the version before is made anew. */
  whole(contents: ZoneContents): ZoneVersion {
    const addresses = byName(contents.names);
    const touched = [...new Set([...addresses.keys(), ...this.addresses.keys()])].filter(
      (name) => addresses.get(name) !== this.addresses.get(name),
    );
    const names = contents.names.filter(({ name }) => addresses.get(name) !== this.addresses.get(name));
    const version = this.amended(contents, touched, names) ?? this.built(contents);
    this.addresses = addresses;
    return version;
  }

  /** Takes what is new; undefined when it does not fit the version that there is, so that a whole load is needed. */
  news(news: ZoneNews): ZoneVersion | undefined {
    const before = this.version;
    if (!before || !news.complete || news.seq < before.seq) return undefined;
    // Every bump is an entry of the feed: another sum means another history, such as a restored backup.
    if ((before.serial + news.bumps) % SERIALS !== news.serial) return undefined;
    const version = this.amended(news, news.touched, news.names);
    if (!version) return undefined;
    const addresses = byName(news.names);
    for (const name of news.touched) {
      const now = addresses.get(name);
      if (now === undefined) this.addresses.delete(name);
      else this.addresses.set(name, now);
    }
    return version;
  }

  private amended(
    { serial, seq }: { serial: number; seq: number },
    touched: readonly string[],
    names: ZoneContents['names'],
  ): ZoneVersion | undefined {
    const before = this.version;
    if (!before) return undefined;
    if (before.serial === serial && touched.length === 0) return (this.version = { ...before, seq, how: 'same' });
    const document = zoneDocument(this.apex, { serial, names });
    const odd = new Set(document.skipped.map(({ name }) => name));
    const served = touched.filter((name) => !odd.has(name) && !this.skipped.has(name));
    const { zone, problems } = amendZone(before.zone, { ...document, names: served });
    if (!zone) return undefined;
    this.note(touched, document.skipped, problems);
    return (this.version = { zone, serial, seq, how: 'amended' });
  }

  private built(contents: ZoneContents): ZoneVersion {
    const document = zoneDocument(this.apex, contents);
    const { zone, problems } = buildServableZone(document);
    if (!zone) throw new Error(`the zone cannot be served: ${problems.map(({ message }) => message).join('; ')}`);
    this.note([...this.skipped.keys()], document.skipped, problems);
    return (this.version = { zone, serial: contents.serial, seq: contents.seq, how: 'built' });
  }

  private note(touched: readonly string[], odd: readonly SkippedName[], problems: readonly ZoneProblem[]): void {
    const refused = problems.map(({ owner, message }) => ({ name: owner ?? '', reason: message }));
    const found = [...odd, ...refused];
    const news = found.filter(({ name, reason }) => this.skipped.get(name) !== reason);
    for (const name of touched) this.skipped.delete(name);
    for (const { name, reason } of found) this.skipped.set(name, reason);
    if (news.length > 0) this.reportSkipped(news);
  }
}

function byName(names: ZoneContents['names']): Map<string, string> {
  const addresses = new Map<string, string>();
  for (const { name, address } of names) addresses.set(name, `${addresses.get(name) ?? ''} ${address}`);
  return addresses;
}
