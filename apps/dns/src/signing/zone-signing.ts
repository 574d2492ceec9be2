import type { KeyRing } from '@lxdm/crypto';
import { KEY_TTL, signingWindow } from '@lxdm/domain';
import { SignedZone, SigningParts, signZone, Zone } from '@lxdm/nameserver';
import type { Check } from '@lxdm/runtime';
import type { Logger } from 'pino';
import type { ZonesVersion } from '../zone/zone-keeper';
import type { ServedVersion } from '../zone/zone-publisher';
import { OpenedKeys } from './opened-keys';
import * as metrics from './signing-metrics';

/** Signatures that end so soon are made anew even where nobody has bumped the serial. */
const TOO_LATE_SECONDS = 3 * 86_400;

/** Signs the zones that are to be signed, between building and serving. A zone that should be signed is never served without. */
export class ZoneSigning {
  private readonly keys: OpenedKeys;
  /** By zone: what is wrong with its keys. */
  private faults = new Map<string, string>();
  /** What a zone was signed with. */
  private readonly work = new WeakMap<SignedZone, SigningParts>();

  constructor(
    ring: KeyRing,
    private readonly log: Logger,
    /** Milliseconds since 1970. */
    private readonly now: () => number = Date.now,
  ) {
    this.keys = new OpenedKeys(ring);
  }

  /** What is served of a version; see ZoneFinish. */
  async finish(version: ZonesVersion, before: ServedVersion | undefined): Promise<ReadonlyMap<string, Zone>> {
    const served = new Map<string, Zone>();
    const faults = new Map<string, string>();
    for (const [name, zone] of version.built) {
      const isSigned = version.zones.some((row) => row.name === name && row.dnssec);
      const last = before?.served.get(name);
      const finished = isSigned ? await this.signed(name, zone, version, last, faults) : zone;
      if (finished) served.set(name, finished);
      if (!(finished instanceof SignedZone)) metrics.signaturesExpire.remove({ zone: name });
    }
    this.tell(faults);
    const [first] = version.built.keys();
    // Nothing was served of it before: it stays unavailable, and is tried again.
    if (first !== undefined && !served.has(first))
      throw new Error(`${first} cannot be signed: ${faults.get(first) ?? ''}`);
    return served;
  }

  /** One check, there while a key cannot be used: questions are answered all the same, as far as they can be. */
  checks(): Check[] {
    return [...this.faults].map(([zone, fault]) => ({ name: 'signatures', ok: true, detail: `${zone}: ${fault}` }));
  }

  private async signed(
    name: string,
    zone: Zone,
    version: ZonesVersion,
    last: Zone | undefined,
    faults: Map<string, string>,
  ): Promise<Zone | undefined> {
    const previous = last instanceof SignedZone ? last : undefined;
    const { keys, faults: closed } = this.keys.of(version.zoneKeys.filter((key) => key.zone === name));
    const [fault] = closed;
    if (fault) faults.set(name, fault.message);
    try {
      const signed = await this.renewed(
        zone,
        { keys, keyTtl: KEY_TTL, window: this.window(zone, version, previous) },
        previous,
      );
      metrics.signaturesExpire.set({ zone: name }, signed.signing.window.expiration);
      return signed;
    } catch (error) {
      metrics.signingFailures.inc();
      const reason = fault ?? error;
      faults.set(name, `what was signed last is served: ${reason instanceof Error ? reason.message : String(reason)}`);
      return last;
    }
  }

  private async renewed(zone: Zone, parts: SigningParts, previous: SignedZone | undefined): Promise<SignedZone> {
    // The very same object tells everybody that nothing has changed.
    if (previous && previous.unsigned === zone && isSameWork(this.work.get(previous), parts)) return previous;
    const started = performance.now();
    const { zone: signed, made } = await signZone(zone, parts, previous);
    this.work.set(signed, parts);
    const seconds = (performance.now() - started) / 1_000;
    metrics.signaturesMade.inc(made);
    metrics.signingSeconds.observe(seconds);
    const milliseconds = Math.round(seconds * 10_000) / 10;
    this.log.debug({ zone: zone.origin.toString(), serial: zone.serial, made, milliseconds }, 'zone signed');
    return signed;
  }

  /**
   * One serial, one window, on every server: that of the moment of the bump. Where nobody has bumped for so long that it ends, the
   * clock says which.
   */
  private window(zone: Zone, { bumpedAt }: ZonesVersion, previous: SignedZone | undefined): SigningParts['window'] {
    const seconds = Math.floor(this.now() / 1_000);
    const isGood = ({ inception, expiration }: SigningParts['window']): boolean =>
      inception <= seconds && expiration - seconds > TOO_LATE_SECONDS;
    const bumped = signingWindow(Math.floor(bumpedAt / 1_000));
    if (isGood(bumped)) return bumped;
    const kept = previous?.unsigned === zone ? previous.signing.window : undefined;
    return kept && isGood(kept) ? kept : signingWindow(seconds);
  }

  private tell(faults: Map<string, string>): void {
    for (const [zone, fault] of faults)
      if (this.faults.get(zone) !== fault) this.log.error({ zone, fault }, 'a zone is not signed as it should be');
    for (const zone of this.faults.keys()) if (!faults.has(zone)) this.log.info({ zone }, 'the zone is signed again');
    this.faults = faults;
  }
}

function isSameWork(a: SigningParts | undefined, b: SigningParts): boolean {
  if (a?.window.expiration !== b.window.expiration || a.keys.length !== b.keys.length) return false;
  return a.keys.every((key, index) => key === b.keys[index]);
}
