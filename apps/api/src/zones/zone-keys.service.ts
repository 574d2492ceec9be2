import { randomUUID } from 'node:crypto';
import { seal } from '@lxdm/crypto';
import { DomainError, notFound } from '@lxdm/domain';
import { Transactor, Tx, ZoneBrowserRepository, ZoneKeysRepository, ZoneKeyView } from '@lxdm/entities';
import { generateZoneKey, keyTag } from '@lxdm/nameserver';
import { Inject, Injectable } from '@nestjs/common';
import { API_SETTINGS, ApiSettings } from '../api-settings';
import { Act, Audit } from '../audit/audit.service';
import type { Actor } from '../session/actor';
import type { SetDnssec, SetZoneKeyState, ZoneKey } from './dto/zone-key';
import type { Zone } from './dto/zone';
import { earliestNext, stateOf, zoneKeyOf } from './zone-key-mapping';
import { zoneOf } from './zone-mapping';
import { permitChange, permitReading } from './zone-permit';

/** So many keys fit an answer over UDP with their signatures. */
const MAX_KEYS = 4;

/** DNSSEC of zones: on and off, and the keys. Private parts are made here, sealed at once, and opened by the name server only. */
@Injectable()
export class ZoneKeysService {
  constructor(
    private readonly db: Transactor,
    private readonly keys: ZoneKeysRepository,
    private readonly zones: ZoneBrowserRepository,
    private readonly audit: Audit,
    @Inject(API_SETTINGS)
    private readonly settings: Pick<ApiSettings, 'dnsKeyRing' | 'nameserver' | 'nameserverAddresses'>,
  ) {}

  async list(actor: Actor, zone: string): Promise<ZoneKey[]> {
    permitReading(actor);
    if (!(await this.zones.find(zone))) throw notFound('zone');
    return (await this.keys.list(zone)).map((key) => zoneKeyOf(zone, key));
  }

  async turn(actor: Actor, zone: string, { enabled, dsRemoved = false }: SetDnssec): Promise<Zone> {
    permitChange(actor, 'change-dnssec', actOf(enabled ? 'sign' : 'unsign', zone));
    await this.db.run(async (tx) => {
      const { dnssec } = await this.locked(tx, zone);
      if (dnssec === enabled) return;
      if (!enabled && !dsRemoved) throw new DomainError('conflict', DS_FIRST);
      const active = (await this.keys.list(zone, tx)).some((key) => stateOf(key) === 'active');
      if (enabled && !active) await this.make(tx, zone, true);
      await this.keys.turn(tx, zone, enabled);
      await this.audit.record(tx, actor, actOf(enabled ? 'sign' : 'unsign', zone));
    });
    const view = await this.zones.find(zone);
    if (!view) throw notFound('zone');
    return zoneOf(view, this.settings);
  }

  async add(actor: Actor, zone: string): Promise<ZoneKey> {
    permitChange(actor, 'change-dnssec', actOf('add-key', zone));
    const id = await this.db.run(async (tx) => {
      await this.locked(tx, zone);
      const keys = await this.keys.list(zone, tx);
      if (keys.length >= MAX_KEYS)
        throw new DomainError('conflict', `A zone has at most ${MAX_KEYS} keys: remove one.`);
      if (!keys.some((key) => stateOf(key) === 'active'))
        throw new DomainError('conflict', 'Turn DNSSEC on first: that makes the first key.');
      const made = await this.make(tx, zone, false);
      await this.audit.record(tx, actor, actOf('add-key', zone, { keyTag: made.tag }));
      return made.id;
    });
    const made = (await this.keys.list(zone)).find((key) => key.id === id);
    if (!made) throw notFound('key');
    return zoneKeyOf(zone, made);
  }

  async activate(actor: Actor, zone: string, id: string, { force = false }: SetZoneKeyState): Promise<ZoneKey> {
    permitChange(actor, 'change-dnssec', actOf('activate-key', zone));
    const key = await this.db.run(async (tx) => {
      const found = await this.held(tx, zone, id);
      const state = stateOf(found);
      if (state === 'active') return found;
      // A retired key is known everywhere already.
      if (state === 'standby' && !force) mayNow(found, 'Resolvers may still know the keys without this one');
      await this.keys.activate(tx, zone, id);
      await this.audit.record(tx, actor, actOf('activate-key', zone, { keyTag: keyTag(found.dnskey), force }));
      return (await this.keys.list(zone, tx)).find((one) => one.id === id) ?? found;
    });
    return zoneKeyOf(zone, key);
  }

  async remove(actor: Actor, zone: string, id: string, force: boolean): Promise<void> {
    permitChange(actor, 'change-dnssec', actOf('remove-key', zone));
    await this.db.run(async (tx) => {
      const found = await this.held(tx, zone, id);
      const state = stateOf(found);
      if (state === 'active')
        throw new DomainError('conflict', 'The zone is signed with this key: activate another one first.');
      if (state === 'retired' && !force) mayNow(found, 'Signatures of this key may still be in caches');
      await this.keys.remove(tx, id);
      await this.audit.record(tx, actor, actOf('remove-key', zone, { keyTag: keyTag(found.dnskey), force }));
    });
  }

  private async locked(tx: Tx, zone: string): Promise<{ dnssec: boolean }> {
    const row = await this.keys.lock(tx, zone);
    if (!row) throw notFound('zone');
    return row;
  }

  private async held(tx: Tx, zone: string, id: string): Promise<ZoneKeyView> {
    await this.locked(tx, zone);
    const key = (await this.keys.list(zone, tx)).find((one) => one.id === id);
    if (!key) throw notFound('key');
    return key;
  }

  private async make(tx: Tx, zone: string, active: boolean): Promise<{ id: string; tag: number }> {
    const { dnskey, privateKey } = generateZoneKey();
    const id = randomUUID();
    const privateKeySealed = seal(
      this.settings.dnsKeyRing,
      { table: 'zone_keys', column: 'private', row: id },
      privateKey,
    );
    await this.keys.add(tx, { id, zone, dnskey, privateKeySealed, active });
    return { id, tag: keyTag(dnskey) };
  }
}

const DS_FIRST =
  'While the parent zone has a DS record, resolvers refuse the zone without signatures. Take the DS record out of the parent zone, wait until no cache holds it, then say so (dsRemoved).';

function mayNow(key: ZoneKeyView, why: string): void {
  const earliest = earliestNext(key);
  if (earliest && earliest > new Date())
    throw new DomainError('conflict', `${why}: wait until ${earliest.toISOString()}, or insist (force).`);
}

function actOf(verb: string, zone: string, detail?: Act['detail']): Act {
  return { action: `zone.${verb}`, target: { kind: 'zone', id: null, name: zone }, ...(detail && { detail }) };
}
