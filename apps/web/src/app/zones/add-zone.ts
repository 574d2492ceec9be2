import { Component, inject, signal } from '@angular/core';
import { FormGroup, ReactiveFormsModule, Validators } from '@angular/forms';
import { MatButtonModule } from '@angular/material/button';
import { MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';
import { faultOf, type Fault } from '../api/problem';
import { showFieldFaults } from '../feedback/field-faults';
import { FaultPanel } from '../feedback/fault-panel';
import { textControl } from '../feedback/text-control';
import { ZonesStore } from './zones.store';

/** Adds a reverse zone; closes with its name. */
@Component({
  selector: 'app-add-zone',
  imports: [ReactiveFormsModule, MatButtonModule, MatDialogModule, MatFormFieldModule, MatInputModule, FaultPanel],
  template: `
    <h2 mat-dialog-title>Add a reverse zone</h2>
    <form [formGroup]="form" (ngSubmit)="send()">
      <mat-dialog-content class="form">
        <p>It gives the names of the containers' addresses (PTR) in a subnet that is delegated to this server.</p>
        @if (fault(); as f) {
          <app-fault-panel [fault]="f" [retryable]="false" />
        }
        <mat-form-field>
          <mat-label>Subnet</mat-label>
          <input matInput class="mono" formControlName="cidr" autocomplete="off" placeholder="192.0.2.0/24" />
          <mat-hint>IPv4 or IPv6, such as 192.0.2.0/24 or 2001:db8:100::/64</mat-hint>
          <mat-error>{{ form.controls.cidr.getError('server') ?? 'Enter a subnet' }}</mat-error>
        </mat-form-field>
        <mat-form-field>
          <mat-label>Zone name (optional)</mat-label>
          <input matInput class="mono" formControlName="name" autocomplete="off" />
          <mat-hint>Needed only where the subnet ends within an octet or nibble (RFC 2317)</mat-hint>
          <mat-error>{{ form.controls.name.getError('server') }}</mat-error>
        </mat-form-field>
      </mat-dialog-content>
      <mat-dialog-actions align="end">
        <button matButton type="button" mat-dialog-close>Cancel</button>
        <button matButton="filled" type="submit" [disabled]="busy()">Add zone</button>
      </mat-dialog-actions>
    </form>
  `,
})
export class AddZoneDialog {
  private readonly store = inject(ZonesStore);
  private readonly dialog = inject<MatDialogRef<AddZoneDialog, string>>(MatDialogRef);
  protected readonly form = new FormGroup({ cidr: textControl(Validators.required), name: textControl() });
  protected readonly busy = signal(false);
  protected readonly fault = signal<Fault | null>(null);

  protected async send(): Promise<void> {
    this.form.markAllAsTouched();
    if (this.form.invalid || this.busy()) return;
    this.busy.set(true);
    this.fault.set(null);
    try {
      const { cidr, name } = this.form.getRawValue();
      this.dialog.close((await this.store.add(cidr.trim(), name.trim())).name);
    } catch (error) {
      const fault = faultOf(error);
      if (!showFieldFaults(this.form, fault)) this.fault.set(fault);
    } finally {
      this.busy.set(false);
    }
  }
}
