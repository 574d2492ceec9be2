import { Component, inject, input, output, signal } from '@angular/core';
import { FormControl, FormGroup, ReactiveFormsModule, Validators } from '@angular/forms';
import { MatButtonModule } from '@angular/material/button';
import { MatTooltipModule } from '@angular/material/tooltip';
import type { DynamicEntry, DynamicValue } from '@lxdm/api-client';
import { faultOf, type Fault } from '../api/problem';
import { ServerClock } from '../api/server-clock';
import { CopyButton } from '../feedback/copy-button';
import { Dialogs } from '../feedback/dialogs';
import { FaultPanel } from '../feedback/fault-panel';
import { Notices } from '../feedback/notices';
import { textControl } from '../feedback/text-control';
import { Age } from '../format/age';
import { untilText } from '../format/age-text';
import { Clock } from '../format/clock';
import { Icon } from '../shell/icon';
import { DynamicEntriesStore } from './dynamic-entries.store';
import { expiryIn, valueLifetimes } from './value-expiry';

/** What a dynamic entry says now, and a way to say something else. */
@Component({
  selector: 'app-values-card',
  imports: [ReactiveFormsModule, MatButtonModule, MatTooltipModule, Age, CopyButton, FaultPanel, Icon],
  templateUrl: './values-card.html',
  styleUrl: './values-card.scss',
})
export class ValuesCard {
  private readonly serverClock = inject(ServerClock);
  private readonly clock = inject(Clock);
  private readonly dialogs = inject(Dialogs);
  private readonly notices = inject(Notices);
  private readonly store = inject(DynamicEntriesStore);

  readonly entry = input.required<DynamicEntry>();
  readonly changed = output<DynamicEntry>();
  protected readonly form = new FormGroup({
    value: textControl(Validators.required),
    minutes: new FormControl(0, { nonNullable: true }),
    beside: new FormControl(false, { nonNullable: true }),
  });
  protected readonly lifetimes = valueLifetimes;
  protected readonly busy = signal(false);
  protected readonly fault = signal<Fault | null>(null);

  protected until(at: string): string {
    return untilText(at, this.clock.now());
  }

  protected async send(): Promise<void> {
    const { value, minutes, beside } = this.form.getRawValue();
    if (value === '' || this.busy()) return;
    this.busy.set(true);
    this.fault.set(null);
    try {
      const { id } = this.entry();
      const expiresAt = expiryIn(minutes, this.serverClock.now());
      this.changed.emit(
        await (beside ? this.store.addValue(id, value, expiresAt) : this.store.setValue(id, value, expiresAt)),
      );
      this.form.controls.value.reset();
      this.notices.say('The value is set.');
    } catch (error) {
      this.fault.set(faultOf(error));
    } finally {
      this.busy.set(false);
    }
  }

  protected async remove({ id, data }: DynamicValue): Promise<void> {
    await this.notices.guard(async () => {
      this.changed.emit(await this.store.removeValue(this.entry().id, id));
      this.notices.say(`${data} is removed.`);
    });
  }

  protected async clear(): Promise<void> {
    const { id, owner, type, values } = this.entry();
    const sure = await this.dialogs.confirm({
      title: 'Remove all values?',
      text: `${owner} has no ${type} record of this entry then (${values.length} now). Tokens and owners stay.`,
      action: 'Remove all values',
      danger: true,
    });
    if (sure) await this.notices.guard(async () => this.changed.emit(await this.store.clear(id)));
  }
}
