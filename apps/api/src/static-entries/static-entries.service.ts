import { allProblems, DomainError, invalid, notFound, refuseErrors } from '@lxdm/domain';
import { lockZoneText, StaticEntriesRepository, Transactor, Tx, ZoneBrowserRepository } from '@lxdm/entities';
import { targetName } from '@lxdm/nameserver';
import { Inject, Injectable } from '@nestjs/common';
import { API_SETTINGS, ApiSettings } from '../api-settings';
import { Act, Audit } from '../audit/audit.service';
import type { Actor } from '../session/actor';
import { zoneNameOf } from '../zones/zone-name';
import { permitChange, permitReading } from '../zones/zone-permit';
import type {
  ChangeStaticEntry,
  CheckedText,
  CheckStaticEntry,
  CreateStaticEntry,
  ListedStaticEntry,
  StaticEntry,
} from './dto/static-entry';
import { readEntryText, ReadText } from './entry-text';
import { staticEntryOf, textRecordOf } from './static-entry-mapping';

/** So many records of a preview are told. */
const PREVIEW_RECORDS = 1_000;

/** Records that admins write as text. What can be saved can be served: texts are read, and held against the zone, in the transaction that saves them. */
@Injectable()
export class StaticEntriesService {
  constructor(
    private readonly db: Transactor,
    private readonly entries: StaticEntriesRepository,
    private readonly zones: ZoneBrowserRepository,
    private readonly audit: Audit,
    @Inject(API_SETTINGS) private readonly settings: Pick<ApiSettings, 'zone' | 'nameserver'>,
  ) {}

  async list(actor: Actor, zone?: string): Promise<ListedStaticEntry[]> {
    permitReading(actor);
    return (await this.entries.list(zone === undefined ? undefined : (zoneNameOf(zone) ?? zone))).map(staticEntryOf);
  }

  async get(actor: Actor, id: string): Promise<StaticEntry> {
    permitReading(actor);
    const view = await this.entries.find(id);
    if (!view) throw notFound('static entry');
    return staticEntryOf(view);
  }

  async check(actor: Actor, { zone: given, id, text }: CheckStaticEntry): Promise<CheckedText> {
    permitChange(actor, 'change-entries', actOf('check', { id: id ?? null, title: '' }));
    const zone = id === undefined ? await this.zoneOf(given) : (await this.get(actor, id)).zone;
    const read = readEntryText(text, zone);
    const found = await this.judge(zone, id ?? null, read);
    const records = read.records.slice(0, PREVIEW_RECORDS).map(textRecordOf);
    return { problems: allProblems(read.faults, found), records, total: read.records.length };
  }

  async create(actor: Actor, { zone: given, title, text }: CreateStaticEntry): Promise<StaticEntry> {
    permitChange(actor, 'change-entries', actOf('create', { id: null, title }));
    const zone = await this.zoneOf(given);
    const read = readEntryText(text, zone);
    const id = await this.db.run(async (tx) => {
      await lockZoneText(tx);
      // It may have gone while this waited for its turn.
      await this.zoneOf(zone, tx);
      await this.mustBeServable(tx, zone, null, read);
      const made = await this.entries.create(tx, zone, { title, text, records: read.records, userId: actor.userId });
      await this.audit.record(tx, actor, actOf('create', { id: made, title }, { zone, records: read.records.length }));
      return made;
    });
    return this.get(actor, id);
  }

  async change(actor: Actor, id: string, { title, text, version }: ChangeStaticEntry): Promise<StaticEntry> {
    permitChange(actor, 'change-entries', actOf('change', { id, title }));
    const { zone } = await this.get(actor, id);
    const read = readEntryText(text, zone);
    await this.db.run(async (tx) => {
      await lockZoneText(tx);
      const entry = await this.entries.lock(tx, id);
      if (!entry) throw notFound('static entry');
      if (entry.version !== version)
        throw new DomainError('changed-meanwhile', 'Somebody else has changed this entry meanwhile: load it again.');
      await this.mustBeServable(tx, zone, id, read);
      await this.entries.change(tx, { id, zone }, { title, text, records: read.records, userId: actor.userId });
      const renamed = entry.title === title ? {} : { from: entry.title };
      const detail = { zone, version: version + 1, records: read.records.length, ...renamed };
      await this.audit.record(tx, actor, actOf('change', { id, title }, detail));
    });
    return this.get(actor, id);
  }

  async remove(actor: Actor, id: string): Promise<void> {
    permitChange(actor, 'change-entries', actOf('remove', { id, title: '' }));
    await this.db.run(async (tx) => {
      await lockZoneText(tx);
      const entry = await this.entries.lock(tx, id);
      if (!entry) throw notFound('static entry');
      await this.entries.remove(tx, { id, zone: entry.zone });
      await this.audit.record(tx, actor, actOf('remove', { id, title: entry.title }, { zone: entry.zone }));
    });
  }

  /** In a transaction that has the turn to write. */
  private async mustBeServable(tx: Tx, zone: string, id: string | null, read: ReadText): Promise<void> {
    refuseErrors(allProblems(read.faults, await this.judge(zone, id, read, tx)));
  }

  private judge(
    zone: string,
    exceptEntry: string | null,
    { records }: ReadText,
    tx?: Tx,
  ): ReturnType<StaticEntriesRepository['judge']> {
    const { nameserver } = this.settings;
    return this.entries.judge({ zone, nameserver, exceptEntry }, records, targetName, tx);
  }

  private async zoneOf(given: string | undefined, tx?: Tx): Promise<string> {
    const zone = zoneNameOf(given ?? this.settings.zone);
    if (zone === undefined || !(await this.zones.find(zone, tx)))
      throw invalid('zone', `There is no zone ${zone ?? given} here.`);
    return zone;
  }
}

function actOf(verb: string, { id, title }: { id: string | null; title: string }, detail?: Act['detail']): Act {
  return {
    action: `static-entry.${verb}`,
    target: { kind: 'static-entry', id, name: title },
    ...(detail && { detail }),
  };
}
