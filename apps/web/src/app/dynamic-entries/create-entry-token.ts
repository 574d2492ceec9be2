import { Component, DOCUMENT, inject, signal } from '@angular/core';
import { FormControl, FormGroup, ReactiveFormsModule, Validators } from '@angular/forms';
import { MatButtonModule } from '@angular/material/button';
import { MAT_DIALOG_DATA, MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';
import { MatSelectModule } from '@angular/material/select';
import type { DynamicEntry, EntryToken } from '@lxdm/api-client';
import { faultOf, type Fault } from '../api/problem';
import { ServerClock } from '../api/server-clock';
import type { Snippet } from '../dns/snippet';
import { Snippets } from '../dns/snippets';
import { CopyButton } from '../feedback/copy-button';
import { showFieldFaults } from '../feedback/field-faults';
import { FaultPanel } from '../feedback/fault-panel';
import { textControl } from '../feedback/text-control';
import { expiryAfter, lifetimes, networks, readNetworks } from '../tokens/token-rules';
import { DynamicEntriesStore } from './dynamic-entries.store';
import { entrySnippets } from './entry-snippets';

/** Makes a token for one entry and shows it, this once, with snippets that already have it. */
@Component({
  selector: 'app-create-entry-token',
  imports: [
    ReactiveFormsModule,
    MatButtonModule,
    MatDialogModule,
    MatFormFieldModule,
    MatInputModule,
    MatSelectModule,
    CopyButton,
    FaultPanel,
    Snippets,
  ],
  templateUrl: './create-entry-token.html',
  styleUrl: '../tokens/create-token.scss',
})
export class CreateEntryTokenDialog {
  private readonly store = inject(DynamicEntriesStore);
  private readonly dialog = inject<MatDialogRef<CreateEntryTokenDialog, EntryToken>>(MatDialogRef);
  private readonly clock = inject(ServerClock);
  private readonly origin = inject(DOCUMENT).location.origin;
  protected readonly entry = inject<DynamicEntry>(MAT_DIALOG_DATA);
  protected readonly form = new FormGroup({
    name: textControl(Validators.required),
    networks: textControl(networks),
    days: new FormControl(0, { nonNullable: true }),
  });
  protected readonly lifetimes = lifetimes;
  protected readonly busy = signal(false);
  protected readonly fault = signal<Fault | null>(null);
  protected readonly made = signal<{ token: string; snippets: Snippet[] } | null>(null);
  private details: EntryToken | undefined;

  protected async send(): Promise<void> {
    this.form.markAllAsTouched();
    if (this.form.invalid || this.busy()) return;
    this.busy.set(true);
    this.fault.set(null);
    try {
      const { name, networks: typed, days } = this.form.getRawValue();
      const list = readNetworks(typed);
      const expiresAt = expiryAfter(days, this.clock.now());
      const { token, details } = await this.store.createToken(this.entry.id, {
        name: name.trim(),
        ...(list.length > 0 && { networks: list }),
        ...(expiresAt && { expiresAt }),
      });
      this.details = details;
      // A stray click beside the dialog must not lose what is shown only now.
      this.dialog.disableClose = true;
      this.made.set({
        token,
        snippets: entrySnippets(this.entry, { origin: this.origin, token, tokenId: details.id }),
      });
    } catch (error) {
      const fault = faultOf(error);
      if (!showFieldFaults(this.form, fault)) this.fault.set(fault);
    } finally {
      this.busy.set(false);
    }
  }

  protected finish(): void {
    this.dialog.close(this.details);
  }
}
