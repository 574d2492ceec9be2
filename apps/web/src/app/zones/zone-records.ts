import { Component, computed, effect, inject, input, linkedSignal, untracked } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatProgressBarModule } from '@angular/material/progress-bar';
import { MatTooltipModule } from '@angular/material/tooltip';
import { Router, RouterLink } from '@angular/router';
import type { Zone, ZoneRecordPage, ZoneRecordView } from '@lxdm/api-client';
import { Dialogs } from '../feedback/dialogs';
import { EmptyState } from '../feedback/empty-state';
import { FaultPanel } from '../feedback/fault-panel';
import { Notices } from '../feedback/notices';
import { ToneChip, type Look } from '../feedback/tone-chip';
import { untilText } from '../format/age-text';
import { Clock } from '../format/clock';
import { Latest, revisit } from '../live/latest';
import { Pager } from '../live/pager';
import { Icon } from '../shell/icon';
import { originOf } from './record-origin';
import {
  readZoneRecordsQuery,
  sourceTexts,
  writeZoneRecordsQuery,
  type RecordSource,
  type ZoneRecordsQuery,
} from './zone-records-query';
import { ZonesStore } from './zones.store';

const typingPause = 250;
const types = ['A', 'AAAA', 'CAA', 'CNAME', 'DS', 'HTTPS', 'MX', 'NS', 'PTR', 'SOA', 'SRV', 'SSHFP', 'TLSA', 'TXT'];

/** What is served, why it is there, and what is left out for which reason. */
@Component({
  selector: 'app-zone-records',
  imports: [
    RouterLink,
    MatButtonModule,
    MatProgressBarModule,
    MatTooltipModule,
    EmptyState,
    FaultPanel,
    Icon,
    Pager,
    ToneChip,
  ],
  templateUrl: './zone-records.html',
  styleUrl: './zone-records.scss',
})
export class ZoneRecords {
  private readonly clock = inject(Clock);
  private readonly dialogs = inject(Dialogs);
  private readonly notices = inject(Notices);
  private readonly router = inject(Router);
  private readonly store = inject(ZonesStore);
  private timer: ReturnType<typeof setTimeout> | undefined;

  readonly zone = input.required<Zone>();
  readonly filter = input<string>();
  readonly type = input<string>();
  readonly source = input<string>();
  readonly page = input<string>();

  private readonly name = computed(() => this.zone().name);
  private readonly serial = computed(() => this.zone().serial);
  protected readonly query = computed(() =>
    readZoneRecordsQuery({ filter: this.filter(), type: this.type(), source: this.source(), page: this.page() }),
  );
  protected readonly list = new Latest<ZoneRecordPage, { zone: string; query: ZoneRecordsQuery }>(({ zone, query }) =>
    this.store.records(zone, query),
  );
  protected readonly text = linkedSignal(() => this.query().filter);
  protected readonly types = computed(() => [...new Set([...types, this.query().type])].filter(Boolean).sort());
  protected readonly sources = Object.entries(sourceTexts);
  protected readonly narrowed = computed(() => {
    const { filter, type, source } = this.query();
    return filter !== '' || type !== '' || source !== '';
  });
  protected readonly leftOut: Look = { tone: 'warn', icon: 'warn', label: 'Not served' };
  protected readonly origin = originOf;

  constructor() {
    revisit([this.list]);
    effect(() => {
      const question = { zone: this.name(), query: this.query() };
      // A new serial is a new zone: what is shown is asked for again.
      this.serial();
      untracked(() => void this.list.ask(question));
    });
  }

  protected until(at: string): string {
    return untilText(at, this.clock.now());
  }

  protected typed(text: string): void {
    this.text.set(text);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.show({ filter: text.trim() }), typingPause);
  }

  protected pickSource(value: string): void {
    void this.show({ source: value as RecordSource | '' });
  }

  protected async show(part: Partial<ZoneRecordsQuery>): Promise<void> {
    const queryParams = writeZoneRecordsQuery({ ...this.query(), page: 1, ...part });
    await this.router.navigate(['/dns/zones', this.name()], { queryParams, replaceUrl: 'filter' in part });
  }

  protected async remove(record: ZoneRecordView): Promise<void> {
    const { id } = record;
    if (id === null) return;
    const sure = await this.dialogs.confirm({
      title: `Delete this record of ${record.owner}?`,
      text: `${record.type} ${record.data} was put there by dynamic update. It is no longer served; whoever put it there may put it there again.`,
      action: 'Delete record',
      danger: true,
    });
    if (!sure || !(await this.notices.guard(() => this.store.removeRecord(this.name(), id)))) return;
    this.notices.say('The record is deleted.');
    await this.list.load();
  }
}
