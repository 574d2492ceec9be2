import { Component, inject, input } from '@angular/core';
import { FormControl, FormGroup, ReactiveFormsModule } from '@angular/forms';
import { MatButtonModule } from '@angular/material/button';
import { MatProgressBarModule } from '@angular/material/progress-bar';
import type { NameTrace } from '@lxdm/api-client';
import { RecordTable } from '../dns/record-table';
import { FaultPanel } from '../feedback/fault-panel';
import { textControl } from '../feedback/text-control';
import { Latest } from '../live/latest';
import { Icon } from '../shell/icon';
import { ZonesStore } from './zones.store';

/** Follows a question through the zone, step by step, in words. */
@Component({
  selector: 'app-trace-card',
  imports: [ReactiveFormsModule, MatButtonModule, MatProgressBarModule, FaultPanel, Icon, RecordTable],
  templateUrl: './trace-card.html',
  styleUrl: './trace-card.scss',
})
export class TraceCard {
  private readonly store = inject(ZonesStore);
  readonly zone = input.required<string>();
  protected readonly form = new FormGroup({
    name: textControl(),
    type: new FormControl('A', { nonNullable: true }),
  });
  protected readonly types = ['A', 'AAAA', 'ANY', 'CAA', 'CNAME', 'MX', 'NS', 'PTR', 'SOA', 'SRV', 'SSHFP', 'TXT'];
  protected readonly result = new Latest<NameTrace, { name: string; type: string }>(({ name, type }) =>
    this.store.trace(this.zone(), name, type),
  );

  protected ask(): void {
    const { name, type } = this.form.getRawValue();
    void this.result.ask({ name: name.trim() || this.zone(), type });
  }
}
