import { Component, computed, inject, signal } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MAT_DIALOG_DATA, MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import type { Host } from '@lxdm/api-client';
import { faultOf, type Fault } from '../api/problem';
import { FaultPanel } from '../feedback/fault-panel';
import { HostsStore } from './hosts.store';
import { Fingerprint } from './fingerprint';

/** Trust on first use is only as good as the look that somebody takes: so the fingerprint is all that is shown. */
@Component({
  selector: 'app-confirm-host',
  imports: [MatButtonModule, MatDialogModule, FaultPanel, Fingerprint],
  template: `
    <h2 mat-dialog-title>Is this {{ host().name }}?</h2>
    <mat-dialog-content class="form">
      @if (fault(); as f) {
        <app-fault-panel [fault]="f" [retryable]="false" />
      }
      <p>{{ host().url }} shows a certificate with this fingerprint:</p>
      @if (host().fingerprint; as fingerprint) {
        <app-fingerprint [value]="fingerprint" />
      }
      <p class="note">
        On the host, <code>lxc info | grep fingerprint</code> (or <code>incus info | grep fingerprint</code>) shows the
        real one. Confirm only if every group is the same: nothing secret is sent before you do.
      </p>
    </mat-dialog-content>
    <mat-dialog-actions align="end">
      <button matButton mat-dialog-close>Not now</button>
      <button matButton="filled" [disabled]="busy() || !host().fingerprint" (click)="confirm()">
        They are the same
      </button>
    </mat-dialog-actions>
  `,
})
export class ConfirmHostDialog {
  private readonly store = inject(HostsStore);
  private readonly dialog = inject(MatDialogRef);
  private readonly opened = inject<Host>(MAT_DIALOG_DATA);

  protected readonly busy = signal(false);
  protected readonly fault = signal<Fault | null>(null);
  protected readonly host = computed(() => this.store.get(this.opened.id) ?? this.opened);

  protected async confirm(): Promise<void> {
    // The one that was looked at, even if the host shows another by now: then the server refuses.
    const { fingerprint } = this.host();
    if (!fingerprint) return;
    this.busy.set(true);
    try {
      await this.store.confirm(this.host(), fingerprint);
      this.dialog.close();
    } catch (error) {
      this.fault.set(faultOf(error));
    } finally {
      this.busy.set(false);
    }
  }
}
