import { randomUUID } from 'node:crypto';
import { DomainError, notFound } from '@lxdm/domain';
import {
  DynamicEntriesRepository,
  DynamicEntryView,
  EntryContainer,
  EntryPlacesRepository,
  lockZoneText,
  NewDynamicEntry,
  Transactor,
} from '@lxdm/entities';
import { RrType } from '@lxdm/nameserver';
import { Inject, Injectable } from '@nestjs/common';
import { API_SETTINGS, ApiSettings } from '../api-settings';
import { Audit } from '../audit/audit.service';
import { Refusal } from '../audit/refusal';
import { mayOnEntry } from '../dynamic-entries/dynamic-entries.policy';
import { actOn, EntryAccess } from '../dynamic-entries/entry-access';
import { entryConflict } from '../dynamic-entries/entry-conflicts';
import type { Actor } from '../session/actor';
import { CHALLENGE_LABEL, DELEGATED_LABEL } from './challenge';

/** Names that somebody may have registered for certificates of other domains. */
const MAX_REGISTERED = 20;

/** Entries for ACME: every container's own, and names to which challenges of other domains lead by CNAME. */
@Injectable()
export class AcmeEntriesService {
  constructor(
    private readonly db: Transactor,
    private readonly entries: DynamicEntriesRepository,
    private readonly places: EntryPlacesRepository,
    private readonly access: EntryAccess,
    private readonly audit: Audit,
    @Inject(API_SETTINGS) private readonly settings: Pick<ApiSettings, 'zone' | 'nameserver'>,
  ) {}

  /** The own entry of a container by its id or name, made when it is first asked for. */
  async ofContainer(actor: Actor, idOrName: string): Promise<DynamicEntryView> {
    const [container, viewer] = await Promise.all([this.places.container(idOrName), this.access.viewer(actor)]);
    const home = { ownerIds: [], projectId: container?.projectId ?? null };
    if (!container || !mayOnEntry(viewer, 'read', home)) throw notFound('container');
    if (!mayOnEntry(viewer, 'set-values', home))
      throw new Refusal('As a viewer of its project you may not set its challenge.', {
        action: 'dynamic-entry.create',
        target: { kind: 'container', id: container.id, name: container.name },
        projectId: container.projectId,
      });
    return (await this.entries.ofContainer(container.id)) ?? this.make(actor, container);
  }

  /** A name of nobody, under which somebody answers challenges of another domain. */
  async register(actor: Actor): Promise<DynamicEntryView> {
    const { zone } = this.settings;
    const suffix = `.${DELEGATED_LABEL}.${zone}`;
    const id = await this.db.run(async (tx) => {
      if ((await this.entries.countMadeBy(tx, actor.userId, suffix)) >= MAX_REGISTERED)
        throw new DomainError('conflict', `You have ${MAX_REGISTERED} registered names; an admin can remove some.`);
      const entry = this.challenge(`${randomUUID()}.${DELEGATED_LABEL}`, 'ACME of another domain', null, actor);
      const made = await this.entries.create(tx, entry);
      await this.entries.setOwners(tx, made, [actor.userId]);
      await this.audit.record(tx, actor, actOn({ ...entry, id: made, projectId: null }, 'create'));
      return made;
    });
    return this.found(id);
  }

  private async make(actor: Actor, container: EntryContainer): Promise<DynamicEntryView> {
    const { zone, nameserver } = this.settings;
    if (!container.holdsName || !/^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/.test(container.nameKey))
      throw new DomainError('conflict', `"${container.name}" has no name in the zone: another container has it.`);
    const entry = this.challenge(
      `${CHALLENGE_LABEL}.${container.nameKey}`,
      `ACME of ${container.name}`,
      container.id,
      actor,
    );
    const id = await this.db.run(async (tx) => {
      await lockZoneText(tx);
      const live = await this.places.holdContainer(tx, container.id);
      if (!live) throw notFound('container');
      const present = await this.entries.idOfContainer(tx, container.id);
      if (present !== null) return present;
      const others = await this.places.typesAt(tx, zone, entry.owner, null);
      const { owner, type } = entry;
      const conflict = entryConflict({ zone, nameserver, owner, type, isContainer: false, others });
      if (conflict !== undefined) throw new DomainError('conflict', conflict);
      const made = await this.entries.create(tx, entry);
      await this.audit.record(tx, actor, actOn({ id: made, owner, projectId: container.projectId }, 'create'));
      return made;
    });
    return this.found(id);
  }

  private challenge(name: string, title: string, containerId: string | null, actor: Actor): NewDynamicEntry {
    const { zone } = this.settings;
    return {
      zone,
      title,
      template: `${name} 60 IN TXT "%s"`,
      owner: `${name}.${zone}`,
      type: RrType.TXT,
      ttl: 60,
      containerId,
      networks: [],
      createdById: actor.userId,
    };
  }

  private async found(id: string): Promise<DynamicEntryView> {
    const view = await this.entries.find(id);
    if (!view) throw notFound('entry');
    return view;
  }
}
