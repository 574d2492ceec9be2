import { ZoneBrowserRepository } from '@lxdm/entities';
import { Inject, Injectable } from '@nestjs/common';
import { API_SETTINGS, ApiSettings } from '../api-settings';
import type { Actor } from '../session/actor';
import type { Zone } from './dto/zone';
import { permitReading } from './zone-permit';
import { zoneOf } from './zone-mapping';

/** The zones that the name server is the authority for. */
@Injectable()
export class ZonesService {
  constructor(
    private readonly zones: ZoneBrowserRepository,
    @Inject(API_SETTINGS) private readonly settings: Pick<ApiSettings, 'zone' | 'nameserver' | 'nameserverAddresses'>,
  ) {}

  async list(actor: Actor): Promise<Zone[]> {
    permitReading(actor);
    return (await this.zones.list(this.settings.zone)).map((view) => zoneOf(view, this.settings));
  }
}
