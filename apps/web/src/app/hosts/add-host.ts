import { Component, computed, effect, inject, signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ReactiveFormsModule } from '@angular/forms';
import { MatButtonModule } from '@angular/material/button';
import { MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';
import { MatProgressBarModule } from '@angular/material/progress-bar';
import { MatRadioModule } from '@angular/material/radio';
import type { Host } from '@lxdm/api-client';
import { faultOf, type Fault } from '../api/problem';
import { showFieldFaults } from '../feedback/field-faults';
import { FaultPanel } from '../feedback/fault-panel';
import { OperationsStore } from '../operations/operations.store';
import { HostActions } from './host-actions';
import { addHostBody, hostForm, type TrustBy } from './host-form';
import { HostsStore } from './hosts.store';

@Component({
  selector: 'app-add-host',
  imports: [
    ReactiveFormsModule,
    MatButtonModule,
    MatDialogModule,
    MatFormFieldModule,
    MatInputModule,
    MatProgressBarModule,
    MatRadioModule,
    FaultPanel,
  ],
  templateUrl: './add-host.html',
})
export class AddHostDialog {
  private readonly store = inject(HostsStore);
  private readonly operations = inject(OperationsStore);
  private readonly actions = inject(HostActions);
  private readonly dialog = inject(MatDialogRef);

  protected readonly form = hostForm();
  protected readonly busy = signal(false);
  protected readonly fault = signal<Fault | null>(null);
  private readonly addedId = signal<string | null>(null);
  /** Once sent: the dialog waits, because the next step may be the user's. */
  protected readonly added = computed<Host | null>(() => {
    const id = this.addedId();
    return id === null ? null : (this.store.get(id) ?? null);
  });
  protected readonly waiting = computed(() => this.addedId() !== null);
  protected readonly trustBy = toSignal(this.form.controls.trustBy.valueChanges, { initialValue: 'token' as TrustBy });

  constructor() {
    effect(() => this.proceed());
  }

  protected async send(): Promise<void> {
    this.form.markAllAsTouched();
    if (this.form.invalid || this.busy()) return;
    this.busy.set(true);
    this.fault.set(null);
    try {
      const operation = await this.store.add(addHostBody(this.form.getRawValue()));
      this.form.controls.secret.reset('');
      this.addedId.set(operation.target.id);
    } catch (error) {
      this.refused(faultOf(error));
    } finally {
      this.busy.set(false);
    }
  }

  private refused(fault: Fault): void {
    const { trustPassword, trustToken, ...fields } = fault.fields;
    const secret = trustPassword ?? trustToken;
    const here = { ...fault, fields: secret === undefined ? fields : { ...fields, secret } };
    if (!showFieldFaults(this.form, here)) this.fault.set(fault);
  }

  /** Closes when the host needs nothing more here, or hands over to the comparison of the fingerprint. */
  private proceed(): void {
    const host = this.added();
    if (host === null) return;
    if (host.state === 'AwaitingConfirmation') {
      this.dialog.close();
      void this.actions.confirm(host);
    } else if (host.state === 'Online' || host.state === 'Failed' || host.state === 'Unreachable') {
      if (!this.operations.running().has(host.id)) this.dialog.close();
    }
  }
}
