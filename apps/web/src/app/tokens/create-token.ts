import { Component, DOCUMENT, inject, signal } from '@angular/core';
import { FormControl, FormGroup, ReactiveFormsModule, Validators } from '@angular/forms';
import { MatButtonModule } from '@angular/material/button';
import { MAT_DIALOG_DATA, MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';
import { MatSelectModule } from '@angular/material/select';
import type { CreateToken, Token } from '@lxdm/api-client';
import { faultOf, type Fault } from '../api/problem';
import { ServerClock } from '../api/server-clock';
import { CopyButton } from '../feedback/copy-button';
import { showFieldFaults } from '../feedback/field-faults';
import { FaultPanel } from '../feedback/fault-panel';
import { textControl } from '../feedback/text-control';
import { curlLine, expiryAfter, lifetimes, networks, readNetworks, scopeTexts } from './token-rules';
import type { TokenSource } from './token-source';

/** Makes a token and shows it, this once. */
@Component({
  selector: 'app-create-token',
  imports: [
    ReactiveFormsModule,
    MatButtonModule,
    MatDialogModule,
    MatFormFieldModule,
    MatInputModule,
    MatSelectModule,
    CopyButton,
    FaultPanel,
  ],
  templateUrl: './create-token.html',
  styleUrl: './create-token.scss',
})
export class CreateTokenDialog {
  private readonly dialog = inject<MatDialogRef<CreateTokenDialog, Token>>(MatDialogRef);
  private readonly clock = inject(ServerClock);
  private readonly origin = inject(DOCUMENT).location.origin;
  protected readonly source = inject<TokenSource>(MAT_DIALOG_DATA);

  protected readonly form = new FormGroup({
    name: textControl(Validators.required),
    scope: new FormControl<Token['scope']>('read', { nonNullable: true }),
    networks: textControl(networks),
    days: new FormControl(90, { nonNullable: true }),
  });
  protected readonly busy = signal(false);
  protected readonly fault = signal<Fault | null>(null);
  protected readonly made = signal<{ token: string; curl: string } | null>(null);
  private details: Token | undefined;
  protected readonly lifetimes = lifetimes;
  protected readonly scopeTexts = scopeTexts;

  protected async send(): Promise<void> {
    this.form.markAllAsTouched();
    if (this.form.invalid || this.busy()) return;
    this.busy.set(true);
    this.fault.set(null);
    try {
      const { token, details } = await this.source.create(this.body());
      this.details = details;
      // A stray click beside the dialog must not lose what is shown only now.
      this.dialog.disableClose = true;
      this.made.set({ token, curl: curlLine(this.origin, token) });
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

  private body(): CreateToken {
    const { name, scope, networks: typed, days } = this.form.getRawValue();
    const list = readNetworks(typed);
    const expiresAt = expiryAfter(days, this.clock.now());
    return { name: name.trim(), scope, ...(list.length > 0 && { networks: list }), ...(expiresAt && { expiresAt }) };
  }
}
