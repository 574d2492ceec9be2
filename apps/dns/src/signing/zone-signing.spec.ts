import { randomUUID } from 'node:crypto';
import { KeyRing, newKeyRing, seal } from '@lxdm/crypto';
import { SIGNING_PERIOD, signingPeriod, signingWindow } from '@lxdm/domain';
import { buildZone, generateZoneKey, SignedZone } from '@lxdm/nameserver';
import { pino } from 'pino';
import type { ZonesVersion } from '../zone/zone-keeper';
import type { ServedVersion } from '../zone/zone-publisher';
import { ZoneSigning } from './zone-signing';

const ZONE = 'ct.example.';
const DAY = 86_400;
const begin = signingPeriod(1_800_000_000);
const ring = KeyRing.parse(newKeyRing());
const { dnskey, privateKey } = generateZoneKey();
const id = randomUUID();
const zoneKey = {
  id,
  zone: ZONE,
  dnskey: dnskey.toString('hex'),
  privateKeySealed: seal(ring, { table: 'zone_keys', column: 'private', row: id }, privateKey),
  createdAt: 0,
  activeAt: 0,
  retiredAt: null,
};

function versionOf(serial: number, bumpedAt: number): ZonesVersion {
  const soa = { mname: 'ns', rname: 'me', serial, refresh: 1, retry: 1, expire: 1, minimum: 60, ttl: 60 };
  const built = new Map([[ZONE, buildZone({ origin: ZONE, soa, ns: ['ns.example.'], rrsets: [] })]]);
  const zones = [{ name: ZONE, kind: 'forward' as const, cidr: null, dnssec: true, serial }];
  const state = { seq: 1, journal: 1, bumpedAt: bumpedAt * 1_000, zones, zoneKeys: [zoneKey] };
  return { ...state, tsigKeys: [], secondaries: [], serial, built, how: 'built' };
}

/** A process whose clock shows what is said. */
class Signer {
  seconds = begin;
  private readonly signing = new ZoneSigning(ring, pino({ level: 'silent' }), () => this.seconds * 1_000);
  private before: ServedVersion | undefined;

  async at(seconds: number, version: ZonesVersion): Promise<SignedZone> {
    this.seconds = seconds;
    const served = await this.signing.finish(version, this.before);
    this.before = { ...version, served };
    const zone = served.get(ZONE);
    if (!(zone instanceof SignedZone)) throw new Error('the zone is not signed');
    return zone;
  }
}

it('signs a serial alike on every server, whatever period their clocks are in', async () => {
  const version = versionOf(1, begin - 60);
  const early = await new Signer().at(begin - 30, version);
  const late = await new Signer().at(begin + 30, version);
  expect(early.signing.window).toEqual(signingWindow(begin - 60));
  expect(late.signing.window).toEqual(early.signing.window);
});

it('keeps its signatures while the serial stays, and makes others with the bump of the next period', async () => {
  const signer = new Signer();
  const version = versionOf(1, begin);
  const first = await signer.at(begin, version);
  expect(await signer.at(begin + SIGNING_PERIOD, version)).toBe(first);
  const next = await signer.at(begin + SIGNING_PERIOD, versionOf(2, begin + SIGNING_PERIOD));
  expect(next.signing.window).toEqual(signingWindow(begin + SIGNING_PERIOD));
});

it.each([
  ['was never bumped', 0],
  ['is bumped no more', begin - 19 * DAY],
  ['was bumped in the future', begin + 2 * SIGNING_PERIOD],
])('goes by the clock where the serial %s', async (_how, bumpedAt) => {
  const signer = new Signer();
  const version = versionOf(1, bumpedAt);
  const zone = await signer.at(begin + 60, version);
  expect(zone.signing.window).toEqual(signingWindow(begin + 60));
  expect(await signer.at(begin + SIGNING_PERIOD, version)).toBe(zone);
});
