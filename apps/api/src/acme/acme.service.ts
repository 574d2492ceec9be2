import { DomainError, notFound } from '@lxdm/domain';
import { DynamicEntryView } from '@lxdm/entities';
import { RrType } from '@lxdm/nameserver';
import { Inject, Injectable } from '@nestjs/common';
import { API_SETTINGS, ApiSettings } from '../api-settings';
import { EntryAccess } from '../dynamic-entries/entry-access';
import { EntryTokensService } from '../dynamic-entries/entry-tokens.service';
import { EntryValuesService } from '../dynamic-entries/entry-values.service';
import { networksOf } from '../profile/networks';
import type { EntryCaller } from '../session/actor';
import { AcmeEntriesService } from './acme-entries.service';
import { challengeEnd, challengeOf, containerOf } from './challenge';
import type { AcmeDnsAccount, RegisterAcmeDns, UpdateAcmeDns } from './dto/acme-dns';
import type { Challenge } from './dto/challenge';

/** acme-dns keeps so many values: a certificate for a name and its wildcard needs two at a time. */
const ACME_DNS_VALUES = 2;

/** ACME clients that speak lego's httpreq or acme-dns set dynamic entries: those that their token may set, and no other. */
@Injectable()
export class AcmeService {
  constructor(
    private readonly own: AcmeEntriesService,
    private readonly access: EntryAccess,
    private readonly values: EntryValuesService,
    private readonly tokens: EntryTokensService,
    @Inject(API_SETTINGS) private readonly settings: Pick<ApiSettings, 'zone'>,
  ) {}

  async present(caller: EntryCaller, challenge: Challenge): Promise<void> {
    const { owner, value } = challengeOf(challenge);
    await this.values.addTo(caller, await this.entryAt(caller, owner), { value, expiresAt: challengeEnd() });
  }

  async cleanUp(caller: EntryCaller, challenge: Challenge): Promise<void> {
    const { owner, value } = challengeOf(challenge);
    const entry = await this.entryAt(caller, owner);
    await this.values.removeFrom(caller, entry, (values) => values.filter((one) => one.value === value));
  }

  async register(caller: EntryCaller, { container, allowfrom = [] }: RegisterAcmeDns): Promise<AcmeDnsAccount> {
    if ('entryId' in caller) throw new DomainError('unauthenticated', 'Register with your own token.');
    // Before anything is made: what is refused leaves no entry behind.
    const networks = networksOf(allowfrom);
    const entry =
      container === undefined ? await this.own.register(caller) : await this.own.ofContainer(caller, container);
    const { token, details } = await this.tokens.make(caller, entry, { name: 'acme-dns', networks });
    return {
      username: details.id,
      password: token,
      fulldomain: entry.owner.replace(/\.$/, ''),
      subdomain: entry.owner.slice(0, -entry.zone.length - 1),
      allowfrom: details.networks,
    };
  }

  async update(caller: EntryCaller, { subdomain, txt }: UpdateAcmeDns): Promise<void> {
    const owner = `${subdomain.toLowerCase()}.${this.settings.zone}`;
    const entry = await this.access.settableAt(caller, owner, RrType.TXT);
    if (!entry) throw notFound('entry');
    await this.values.addTo(caller, entry, { value: txt, expiresAt: challengeEnd() }, ACME_DNS_VALUES);
  }

  /** The entry at a name that the caller may set; a container's own is made where there is none yet. */
  private async entryAt(caller: EntryCaller, owner: string): Promise<DynamicEntryView> {
    const entry = await this.access.settableAt(caller, owner, RrType.TXT);
    if (entry) return entry;
    const container = containerOf(owner, this.settings.zone);
    if ('entryId' in caller || container === undefined) throw notFound('entry');
    // By its name in the zone: whoever has that name is asked for, and no other container.
    const own = await this.own.ofContainer(caller, container);
    if (own.owner !== owner) throw notFound('entry');
    return this.access.toSet(caller, own.id, 'add-value');
  }
}
