import { Component, inject, signal } from '@angular/core';
import { FormControl, FormGroup, ReactiveFormsModule, Validators } from '@angular/forms';
import { MatButtonModule } from '@angular/material/button';
import { MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';
import { MatSelectModule } from '@angular/material/select';
import type { Secondary } from '@lxdm/api-client';
import { faultOf, type Fault } from '../api/problem';
import { showFieldFaults } from '../feedback/field-faults';
import { FaultPanel } from '../feedback/fault-panel';
import { textControl } from '../feedback/text-control';
import { TsigKeysStore } from '../tsig-keys/tsig-keys.store';
import { SecondariesStore } from './secondaries.store';

/** Adds a server that carries copies of the zones; closes with it. */
@Component({
  selector: 'app-add-secondary',
  imports: [
    ReactiveFormsModule,
    MatButtonModule,
    MatDialogModule,
    MatFormFieldModule,
    MatInputModule,
    MatSelectModule,
    FaultPanel,
  ],
  templateUrl: './add-secondary.html',
})
export class AddSecondaryDialog {
  private readonly store = inject(SecondariesStore);
  private readonly dialog = inject<MatDialogRef<AddSecondaryDialog, Secondary>>(MatDialogRef);
  protected readonly keys = inject(TsigKeysStore).list;
  protected readonly form = new FormGroup({
    name: textControl(Validators.required),
    address: textControl(Validators.required, Validators.pattern(/^\s*[0-9a-fA-F.:]+\s*$/)),
    port: new FormControl(53, {
      nonNullable: true,
      validators: [Validators.required, Validators.min(1), Validators.max(65_535)],
    }),
    tsigKeyId: textControl(),
  });
  protected readonly busy = signal(false);
  protected readonly fault = signal<Fault | null>(null);

  constructor() {
    void this.keys.ask();
  }

  protected async send(): Promise<void> {
    this.form.markAllAsTouched();
    if (this.form.invalid || this.busy()) return;
    this.busy.set(true);
    this.fault.set(null);
    try {
      const { name, address, port, tsigKeyId } = this.form.getRawValue();
      this.dialog.close(
        await this.store.add({
          name: name.trim(),
          address: address.trim(),
          port: Number(port),
          ...(tsigKeyId && { tsigKeyId }),
        }),
      );
    } catch (error) {
      const fault = faultOf(error);
      if (!showFieldFaults(this.form, fault)) this.fault.set(fault);
    } finally {
      this.busy.set(false);
    }
  }
}
