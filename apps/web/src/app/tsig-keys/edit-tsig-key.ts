import { Component, inject, signal } from '@angular/core';
import { FormControl, FormGroup, ReactiveFormsModule, Validators } from '@angular/forms';
import { MatButtonModule } from '@angular/material/button';
import { MatCheckboxModule } from '@angular/material/checkbox';
import { MAT_DIALOG_DATA, MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';
import { MatSelectModule } from '@angular/material/select';
import type { TsigKey } from '@lxdm/api-client';
import { faultOf, type Fault } from '../api/problem';
import type { Snippet } from '../dns/snippet';
import { Snippets } from '../dns/snippets';
import { CopyButton } from '../feedback/copy-button';
import { showFieldFaults } from '../feedback/field-faults';
import { FaultPanel } from '../feedback/fault-panel';
import { textControl } from '../feedback/text-control';
import { keySnippets } from './key-snippets';
import { algorithms, readTypes, readWords, recordTypes } from './tsig-rules';
import { TsigKeysStore } from './tsig-keys.store';

/** Makes a TSIG key and shows its secret, this once; or changes what the one that it is opened with may do. */
@Component({
  selector: 'app-edit-tsig-key',
  imports: [
    ReactiveFormsModule,
    MatButtonModule,
    MatCheckboxModule,
    MatDialogModule,
    MatFormFieldModule,
    MatInputModule,
    MatSelectModule,
    CopyButton,
    FaultPanel,
    Snippets,
  ],
  templateUrl: './edit-tsig-key.html',
  styleUrl: '../tokens/create-token.scss',
})
export class EditTsigKeyDialog {
  private readonly store = inject(TsigKeysStore);
  private readonly dialog = inject<MatDialogRef<EditTsigKeyDialog, boolean>>(MatDialogRef);
  protected readonly key = inject<TsigKey | null>(MAT_DIALOG_DATA, { optional: true });
  protected readonly form = new FormGroup({
    name: textControl(),
    algorithm: new FormControl<TsigKey['algorithm']>('hmac-sha256', { nonNullable: true }),
    secret: textControl(Validators.pattern(/^[A-Za-z0-9+/]*={0,2}$/)),
    updateNames: textControl(),
    updateTypes: textControl(recordTypes),
    mayTransfer: new FormControl(false, { nonNullable: true }),
  });
  protected readonly algorithms = algorithms;
  protected readonly busy = signal(false);
  protected readonly fault = signal<Fault | null>(null);
  protected readonly made = signal<{ secret: string; snippets: Snippet[] } | null>(null);

  constructor() {
    const { key } = this;
    if (key) {
      const { updateNames, updateTypes, mayTransfer } = key;
      this.form.patchValue({ updateNames: updateNames.join('\n'), updateTypes: updateTypes.join(' '), mayTransfer });
    } else this.form.controls.name.addValidators(Validators.required);
    this.form.controls.name.updateValueAndValidity();
  }

  protected async send(): Promise<void> {
    this.form.markAllAsTouched();
    if (this.form.invalid || this.busy()) return;
    this.busy.set(true);
    this.fault.set(null);
    try {
      await this.save();
    } catch (error) {
      const fault = faultOf(error);
      if (!showFieldFaults(this.form, fault)) this.fault.set(fault);
    } finally {
      this.busy.set(false);
    }
  }

  protected finish(): void {
    this.dialog.close(true);
  }

  private async save(): Promise<void> {
    const { name, algorithm, secret, updateNames, updateTypes, mayTransfer } = this.form.getRawValue();
    const rights = { updateNames: readWords(updateNames), updateTypes: readTypes(updateTypes), mayTransfer };
    if (this.key) {
      await this.store.change(this.key.id, rights);
      this.finish();
      return;
    }
    const given = secret.trim();
    const made = await this.store.create({ name: name.trim(), algorithm, ...rights, ...(given && { secret: given }) });
    // A stray click beside the dialog must not lose what is shown only now.
    this.dialog.disableClose = true;
    this.made.set({ secret: made.secret, snippets: keySnippets(made.key, made.secret) });
  }
}
