import { DomainError, invalid, notFound } from '@lxdm/domain';
import {
  DynamicEntriesRepository,
  DynamicEntryView,
  EntryPlacesRepository,
  lockZoneText,
  NewDynamicValue,
  Transactor,
  Tx,
} from '@lxdm/entities';
import { Inject, Injectable } from '@nestjs/common';
import { API_SETTINGS, ApiSettings } from '../api-settings';
import { Audit } from '../audit/audit.service';
import type { EntryCaller } from '../session/actor';
import { EntryValue, MAX_VALUES, SetEntryValues } from './dto/change-dynamic-entry';
import type { DynamicEntry } from './dto/dynamic-entry';
import { EntryAccess } from './entry-access';
import { entryConflict, setConflict } from './entry-conflicts';
import { entryOf } from './entry-mapping';
import { recordOf } from './template';

/** Sets what dynamic entries say. */
@Injectable()
export class EntryValuesService {
  constructor(
    private readonly db: Transactor,
    private readonly entries: DynamicEntriesRepository,
    private readonly places: EntryPlacesRepository,
    private readonly access: EntryAccess,
    private readonly audit: Audit,
    @Inject(API_SETTINGS) private readonly settings: Pick<ApiSettings, 'nameserver'>,
  ) {}

  /** Puts these values in place of all others. */
  async set(caller: EntryCaller, id: string, { value, values }: SetEntryValues): Promise<DynamicEntry> {
    if ((value === undefined) === (values === undefined))
      throw invalid('value', 'Send {"value": "…"}, or several as {"values": [{"value": "…"}]}.');
    const wanted = values ?? (value === null || value === undefined || value === '' ? [] : [{ value }]);
    return this.change(
      caller,
      await this.access.toSet(caller, id, 'set-value'),
      'set-value',
      wanted,
      async (tx, records) => {
        await this.entries.values.replaceValues(tx, id, records);
      },
    );
  }

  /** Adds a value beside the others; one that is there already gets the new expiry. */
  async add(caller: EntryCaller, id: string, wanted: EntryValue): Promise<DynamicEntry> {
    return this.addTo(caller, await this.access.toSet(caller, id, 'add-value'), wanted);
  }

  /**
   * The same with an entry that was found and may be set.
   * @param keep how many values stay, the newest; without it all do, as long as there is room
   */
  addTo(caller: EntryCaller, entry: DynamicEntryView, wanted: EntryValue, keep?: number): Promise<DynamicEntry> {
    return this.change(caller, entry, 'add-value', [wanted], async (tx, [record]) => {
      if (!record) return;
      await this.entries.values.addValue(tx, entry.id, record);
      const present = await this.entries.values.valuesOf(tx, entry.id);
      if (keep !== undefined) {
        const old = present.filter(({ by }) => by === 'entry').slice(0, -keep);
        await this.entries.values.removeValues(
          tx,
          entry.id,
          old.map(({ id }) => id),
        );
      } else if (present.length > MAX_VALUES)
        throw new DomainError('conflict', `An entry has at most ${MAX_VALUES} values; remove one first.`);
    });
  }

  async remove(caller: EntryCaller, id: string, valueId: string): Promise<DynamicEntry> {
    const entry = await this.access.toSet(caller, id, 'remove-value');
    return this.removeFrom(caller, entry, (values) => {
      const found = values.filter((value) => value.id === valueId);
      if (found.length === 0) throw notFound('value');
      return found;
    });
  }

  /** Removes those values of an entry that was found and may be set; it is no fault if there are none. */
  async removeFrom(
    caller: EntryCaller,
    entry: DynamicEntryView,
    choose: (values: DynamicEntryView['values']) => DynamicEntryView['values'],
  ): Promise<DynamicEntry> {
    await this.db.run(async (tx) => {
      if (!(await this.entries.lock(tx, entry.id))) throw notFound('entry');
      const gone = choose(await this.entries.values.valuesOf(tx, entry.id));
      if (gone.length === 0) return;
      await this.entries.values.removeValues(
        tx,
        entry.id,
        gone.map(({ id }) => id),
      );
      await this.record(
        tx,
        caller,
        entry,
        'remove-value',
        gone.map(({ value }) => value ?? ''),
      );
    });
    return this.read(caller, entry.id);
  }

  private async change(
    caller: EntryCaller,
    entry: DynamicEntryView,
    verb: string,
    wanted: readonly EntryValue[],
    write: (tx: Tx, records: readonly NewDynamicValue[]) => Promise<void>,
  ): Promise<DynamicEntry> {
    const asked = recordsOf(entry, wanted);
    await this.db.run(async (tx) => {
      await lockZoneText(tx);
      const locked = await this.entries.lock(tx, entry.id);
      // Whoever gave it another name meanwhile made another entry of it.
      if (!locked || locked.owner !== entry.owner || locked.type !== entry.type) throw notFound('entry');
      const records = locked.template === entry.template ? asked : recordsOf({ ...entry, ...locked }, wanted);
      if (records.length > 0) await this.mustFit(tx, entry);
      await write(tx, records);
      const conflict = records.length > 0 && setConflict(entry, await this.entries.values.sizeOfSet(tx, entry.id));
      if (conflict) throw new DomainError('conflict', conflict);
      await this.record(
        tx,
        caller,
        entry,
        verb,
        records.map(({ value }) => value),
      );
    });
    return this.read(caller, entry.id);
  }

  /** A name may have become somebody's since the entry was made. @throws DomainError `conflict` */
  private async mustFit(tx: Tx, { id, zone, owner, type, container }: DynamicEntryView): Promise<void> {
    const others = await this.places.typesAt(tx, zone, owner, id);
    const label = owner.slice(0, -zone.length - 1);
    const isContainer = container === null && (await this.places.isContainer(tx, label));
    const conflict = entryConflict({ zone, nameserver: this.settings.nameserver, owner, type, isContainer, others });
    if (conflict !== undefined) throw new DomainError('conflict', conflict);
  }

  private record(
    tx: Tx,
    caller: EntryCaller,
    { id, owner, projectId }: DynamicEntryView,
    verb: string,
    values: readonly string[],
  ): Promise<void> {
    return this.audit.record(tx, caller, {
      action: `dynamic-entry.${verb}`,
      target: { kind: 'dynamic-entry', id, name: owner },
      projectId,
      detail: { values: values.map((value) => value.slice(0, 300)) },
    });
  }

  private async read(caller: EntryCaller, id: string): Promise<DynamicEntry> {
    const view = await this.entries.find(id);
    if (!view) throw notFound('entry');
    return entryOf(view, 'entryId' in caller);
  }
}

function newValue(entry: DynamicEntryView, { value, expiresAt }: EntryValue): NewDynamicValue {
  const { template: text, owner, type, ttl, zone } = entry;
  const moment = expiresAt === undefined ? null : new Date(expiresAt);
  if (moment && !(moment.getTime() > Date.now())) throw invalid('expiresAt', 'This moment is over already.');
  return { ...recordOf({ text, owner, type, ttl }, zone, value), expiresAt: moment };
}

/** Two spellings of one record are one record; the last one's expiry counts. */
function recordsOf(entry: DynamicEntryView, wanted: readonly EntryValue[]): NewDynamicValue[] {
  const values = wanted.map((one) => newValue(entry, one));
  return [...new Map(values.map((value) => [value.rdata.toString('hex'), value])).values()];
}
