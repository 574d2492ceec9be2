import { Zone, ZoneSet } from '@lxdm/nameserver';
import type { ZonesVersion } from './zone-keeper';

/** A version as it is served. */
export interface ServedVersion extends ZonesVersion {
  /** The zones that questions are answered from, by origin as absolute text; signed ones where a zone is signed. */
  served: ReadonlyMap<string, Zone>;
}

/** A change of what is served. */
export interface VersionEvent {
  /** Undefined for the first version of this process. */
  before: ServedVersion | undefined;
  after: ServedVersion;
}

/**
 * Makes what is served of what was built, by origin; signing does. Called for every version, also where nothing has changed: zones
 * that stay the same are to be the same objects.
 */
export type ZoneFinish = (
  version: ZonesVersion,
  before: ServedVersion | undefined,
) => Promise<ReadonlyMap<string, Zone>> | ReadonlyMap<string, Zone>;

/** Who hears of versions; called in this order, synchronously. */
export interface PublisherParts {
  /** Whole zones as they were built, unless told otherwise. */
  finish?: ZoneFinish;
  /** Takes what questions are answered from, first of all. */
  serve: (zones: ZoneSet) => void;
  /** Zones have changed: called after they are served. */
  onVersion: readonly ((event: VersionEvent) => void)[];
  /** Every version, also one whose zones are the same: keys, secondaries. */
  onKeys: readonly ((version: ServedVersion) => void)[];
}

/** Hands each version to the sockets, and to those who tell others about it. */
export class ZonePublisher {
  private version: ServedVersion | undefined;

  constructor(private readonly parts: PublisherParts) {}

  /** What is served now. */
  get current(): ServedVersion | undefined {
    return this.version;
  }

  /** Serves a version; one at a time. */
  async publish(version: ZonesVersion): Promise<ServedVersion> {
    const { version: before, parts } = this;
    const served = parts.finish ? await parts.finish(version, before) : version.built;
    const after = { ...version, served };
    this.version = after;
    // Keys first: who hears of a new version may be told with them.
    for (const hear of parts.onKeys) hear(after);
    if (before && isSame(before.served, served)) return after;
    parts.serve(ZoneSet.of([...served.values()]));
    for (const hear of parts.onVersion) hear({ before, after });
    return after;
  }
}

function isSame(before: ReadonlyMap<string, Zone>, after: ReadonlyMap<string, Zone>): boolean {
  return before.size === after.size && [...after].every(([name, zone]) => before.get(name) === zone);
}
