import { DomainError, invalid, notFound, overlaps, reverseZoneOf } from '@lxdm/domain';
import { lockZoneText, Transactor, ZoneBrowserRepository } from '@lxdm/entities';
import { Inject, Injectable } from '@nestjs/common';
import { API_SETTINGS, ApiSettings } from '../api-settings';
import { Act, Audit } from '../audit/audit.service';
import type { Actor } from '../session/actor';
import type { AddZone } from './dto/add-zone';
import type { Zone } from './dto/zone';
import { permitChange, permitReading } from './zone-permit';
import { zoneOf } from './zone-mapping';

/** The zones that the name server is the authority for. */
@Injectable()
export class ZonesService {
  constructor(
    private readonly db: Transactor,
    private readonly zones: ZoneBrowserRepository,
    private readonly audit: Audit,
    @Inject(API_SETTINGS) private readonly settings: Pick<ApiSettings, 'zone' | 'nameserver' | 'nameserverAddresses'>,
  ) {}

  async list(actor: Actor): Promise<Zone[]> {
    permitReading(actor);
    return (await this.zones.list(this.settings.zone)).map((view) => zoneOf(view, this.settings));
  }

  /** A reverse zone; that of the containers is a setting. */
  async add(actor: Actor, given: AddZone): Promise<Zone> {
    permitChange(actor, 'change-zones', actOf('add', given.name ?? given.cidr));
    const wanted = reverseZoneOf(given.cidr, given.name);
    if ('fault' in wanted) throw invalid(wanted.field, wanted.fault);
    await this.db.run(async (tx) => {
      await lockZoneText(tx);
      for (const { name, cidr } of await this.zones.list(this.settings.zone, tx)) {
        if (name === wanted.name) throw new DomainError('conflict', `There is already a zone ${name}`);
        if (cidr !== null && overlaps(cidr, wanted.cidr))
          throw new DomainError('conflict', `The addresses of ${wanted.cidr} are named in ${name} (${cidr}) already.`);
      }
      await this.zones.add(tx, wanted);
      await this.audit.record(tx, actor, actOf('add', wanted.name, { cidr: wanted.cidr }));
    });
    return this.read(wanted.name);
  }

  async remove(actor: Actor, name: string): Promise<void> {
    permitChange(actor, 'change-zones', actOf('remove', name));
    const view = await this.zones.find(name);
    if (!view) throw notFound('zone');
    if (view.kind === 'forward')
      throw new DomainError('conflict', 'The zone of the containers stays: it is a setting (DNS_ZONE).');
    await this.db.run(async (tx) => {
      await lockZoneText(tx);
      if (!(await this.zones.remove(tx, name))) throw notFound('zone');
      await this.audit.record(tx, actor, actOf('remove', name, { cidr: view.cidr }));
    });
  }

  private async read(name: string): Promise<Zone> {
    const view = await this.zones.find(name);
    if (!view) throw notFound('zone');
    return zoneOf(view, this.settings);
  }
}

function actOf(verb: string, name: string, detail?: Act['detail']): Act {
  return { action: `zone.${verb}`, target: { kind: 'zone', id: name, name }, ...(detail && { detail }) };
}
