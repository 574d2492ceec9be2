import { SignedZone, Zone, zoneDelta, ZoneJournal } from '@lxdm/nameserver';
import { journalOctets } from './transfer-metrics';

/** The zones of a version, by origin as absolute text. */
interface Served {
  served: ReadonlyMap<string, Zone>;
}

/** What changed in each zone of late, in memory. */
export class TransferJournals {
  private journals = new Map<string, ZoneJournal>();
  /** The serials that zones had when they were served here first. */
  private firsts = new Map<string, number>();

  /** The journal of a zone. */
  of(zone: Zone): ZoneJournal | undefined {
    return this.journals.get(zone.origin.toString());
  }

  /**
   * Whether what was served under a serial before this process began may be something else: with other settings, or by an earlier
   * release, the same data make another zone.
   */
  isFirst(zone: Zone, serial: number): boolean {
    return this.firsts.get(zone.origin.toString()) === serial;
  }

  /** Notes what is different in the zones that are served now; zones that are gone take their journals with them. */
  hear({ before, after }: { before: Served | undefined; after: Served }): void {
    const journals = new Map<string, ZoneJournal>();
    const firsts = new Map<string, number>();
    let octets = 0;
    for (const [name, zone] of after.served) {
      const journal = this.journals.get(name) ?? new ZoneJournal();
      const earlier = before?.served.get(name);
      // From signed to unsigned or back, what clients hold that got it elsewhere is not what was here.
      const isOther = earlier instanceof SignedZone !== zone instanceof SignedZone;
      if (earlier && isOther) journal.clear();
      else if (earlier && earlier !== zone) journal.add(zoneDelta(earlier, zone));
      else if (!earlier && journal.serial !== zone.serial) journal.clear();
      journals.set(name, journal);
      firsts.set(name, (earlier && this.firsts.get(name)) ?? zone.serial);
      octets += journal.octets;
    }
    this.journals = journals;
    this.firsts = firsts;
    journalOctets.set(octets);
  }
}
