import { DomainError, invalid, notFound } from '@lxdm/domain';
import {
  DynamicEntriesRepository,
  DynamicEntryView,
  EntryPlacesRepository,
  lockZoneText,
  Transactor,
  Tx,
} from '@lxdm/entities';
import { Inject, Injectable } from '@nestjs/common';
import { API_SETTINGS, ApiSettings } from '../api-settings';
import { Audit } from '../audit/audit.service';
import { Refusal } from '../audit/refusal';
import { offsetOf } from '../http/page-query';
import { networksOf } from '../profile/networks';
import type { Actor } from '../session/actor';
import type { ListDynamicEntries, SaveDynamicEntry } from './dto/change-dynamic-entry';
import type { DynamicEntry, DynamicEntryPage } from './dto/dynamic-entry';
import { mayOnEntry } from './dynamic-entries.policy';
import { actOn, EntryAccess } from './entry-access';
import { entryConflict, setConflict } from './entry-conflicts';
import { entryOf } from './entry-mapping';
import { readTemplate, recordOf, Template } from './template';

/** Dynamic entries: admins make them and say who sets their values. */
@Injectable()
export class DynamicEntriesService {
  constructor(
    private readonly db: Transactor,
    private readonly entries: DynamicEntriesRepository,
    private readonly places: EntryPlacesRepository,
    private readonly access: EntryAccess,
    private readonly audit: Audit,
    @Inject(API_SETTINGS) private readonly settings: Pick<ApiSettings, 'zone' | 'nameserver'>,
  ) {}

  async list(actor: Actor, query: ListDynamicEntries): Promise<DynamicEntryPage> {
    const { userId, isAdmin, roles } = await this.access.viewer(actor);
    const { items, total } = await this.entries.page({
      viewer: isAdmin ? null : { userId, projectIds: [...roles.keys()] },
      ...(query.filter !== undefined && { filter: query.filter }),
      offset: offsetOf(query),
      limit: query.pageSize,
    });
    return { items: items.map((view) => entryOf(view, false)), total, page: query.page, pageSize: query.pageSize };
  }

  async get(actor: Actor, id: string): Promise<DynamicEntry> {
    return entryOf(await this.access.find(actor, id, 'read', 'read'), false);
  }

  async create(actor: Actor, given: SaveDynamicEntry): Promise<DynamicEntry> {
    const viewer = await this.access.viewer(actor);
    if (!mayOnEntry(viewer, 'create', { ownerIds: [], projectId: null }))
      throw new Refusal('Only admins make entries; your containers have theirs by themselves.', {
        action: 'dynamic-entry.create',
        target: { kind: 'dynamic-entry', id: null, name: given.title },
      });
    const template = readTemplate(given.template, this.settings.zone);
    const networks = networksOf(given.networks ?? []);
    const id = await this.db.run(async (tx) => {
      await lockZoneText(tx);
      await this.mustFit(tx, template, null);
      const made = await this.entries.create(tx, {
        ...this.columnsOf(given, template, networks),
        containerId: null,
        createdById: actor.userId,
      });
      await this.setOwners(tx, made, given.owners ?? []);
      await this.audit.record(
        tx,
        actor,
        actOn({ id: made, owner: template.owner, projectId: null }, 'create', detailOf(given, networks)),
      );
      return made;
    });
    return this.get(actor, id);
  }

  async change(actor: Actor, id: string, given: SaveDynamicEntry): Promise<DynamicEntry> {
    const entry = await this.access.find(actor, id, 'change', 'change');
    if (entry.container !== null && given.template !== entry.template)
      throw new DomainError('conflict', `This is the own entry of "${entry.container.name}"; its template stays.`);
    const template = readTemplate(given.template, entry.zone);
    const networks = networksOf(given.networks ?? []);
    await this.db.run(async (tx) => {
      await lockZoneText(tx);
      // What was read before may be somebody else's change ago.
      const locked = await this.entries.lock(tx, id);
      if (!locked) throw notFound('entry');
      if (entry.container === null) await this.mustFit(tx, template, id);
      await this.entries.change(tx, id, this.columnsOf(given, template, networks));
      if (template.text !== locked.template) await this.rewrite(tx, { ...entry, ...locked }, template);
      await this.setOwners(tx, id, given.owners ?? []);
      await this.audit.record(tx, actor, actOn(entry, 'change', detailOf(given, networks)));
    });
    return this.get(actor, id);
  }

  async delete(actor: Actor, id: string): Promise<void> {
    const entry = await this.access.find(actor, id, 'change', 'delete');
    await this.db.run(async (tx) => {
      const locked = await this.entries.lock(tx, id);
      if (!locked) throw notFound('entry');
      await this.entries.remove(tx, id, locked.owner);
      await this.audit.record(tx, actor, actOn(entry, 'delete', { title: entry.title, template: entry.template }));
    });
  }

  /** The values that an entry has, as records of its new template. */
  private async rewrite(tx: Tx, { id, zone, owner }: DynamicEntryView, template: Template): Promise<void> {
    // The change of the row has taken along what it says of itself: what dynamic updates put at the old name is nobody's here any more.
    const present = (await this.entries.values.valuesOf(tx, id)).filter(({ by }) => by === 'entry');
    const values = present.map(({ value, expiresAt }) => ({ ...recordOf(template, zone, value ?? ''), expiresAt }));
    await this.entries.values.replaceOwnValues(tx, id, values);
    const conflict = values.length > 0 && setConflict(template, await this.entries.values.sizeOfSet(tx, id));
    if (conflict) throw new DomainError('conflict', conflict);
    tx.zoneChanged({ owners: [owner, template.owner] });
  }

  private async setOwners(tx: Tx, id: string, owners: readonly string[]): Promise<void> {
    const [unknown] = await this.entries.setOwners(tx, id, owners);
    if (unknown !== undefined) throw invalid('owners', `There is nobody with the id ${unknown}.`);
  }

  /** @throws DomainError `conflict` */
  private async mustFit(tx: Tx, { owner, type }: Template, id: string | null): Promise<void> {
    const { zone, nameserver } = this.settings;
    const others = await this.places.typesAt(tx, zone, owner, id);
    const isContainer = await this.places.isContainer(tx, owner.slice(0, -zone.length - 1));
    const conflict = entryConflict({ zone, nameserver, owner, type, isContainer, others });
    if (conflict !== undefined) throw new DomainError('conflict', conflict);
  }

  private columnsOf({ title }: SaveDynamicEntry, { text, owner, type, ttl }: Template, networks: string[]) {
    return { zone: this.settings.zone, title, template: text, owner, type, ttl, networks };
  }
}

function detailOf({ title, template, owners = [] }: SaveDynamicEntry, networks: string[]): Record<string, unknown> {
  return { title, template, owners, networks };
}
