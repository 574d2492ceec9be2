import { Component, computed, inject, resource, signal } from '@angular/core';
import { FormGroup, ReactiveFormsModule, Validators } from '@angular/forms';
import { MatButtonModule } from '@angular/material/button';
import { MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';
import { Router } from '@angular/router';
import { faultOf } from '../api/problem';
import { textControl } from '../feedback/text-control';
import { Icon } from '../shell/icon';
import { gitlabUrl } from './gitlab-url';
import { SessionStore } from './session.store';
import { SignInMeans } from './sign-in-means';

/** Proves once more who sits here: by the password, or by a fresh sign-in at GitLab. */
@Component({
  selector: 'app-sudo-dialog',
  imports: [ReactiveFormsModule, MatButtonModule, MatDialogModule, MatFormFieldModule, MatInputModule, Icon],
  template: `
    <h2 mat-dialog-title>Turn on sudo</h2>
    <form [formGroup]="form" (ngSubmit)="send()">
      <mat-dialog-content class="form">
        <p>
          For 15 minutes you act as an administrator: you see everything and may change everything. Each act is written
          down with your name. Without it you are a user like everybody else.
        </p>
        @if (hasPassword()) {
          <mat-form-field>
            <mat-label>Your password</mat-label>
            <input
              matInput
              type="password"
              formControlName="password"
              autocomplete="current-password"
              cdkFocusInitial
            />
            <mat-error>{{ form.controls.password.getError('server') ?? 'Enter your password' }}</mat-error>
          </mat-form-field>
        }
        @if (gitlabs(); as list) {
          @if (hasPassword() && list.length > 0) {
            <p class="note">Or prove it at GitLab, with the account that is linked to yours:</p>
          }
          <div class="row">
            @for (gitlab of list; track gitlab.id) {
              <a matButton="outlined" [href]="gitlab.url">
                <app-icon matButtonIcon name="gitlab" />Sign in with {{ gitlab.name }} again
              </a>
            }
          </div>
        }
        @if (!hasPassword() && gitlabs()?.length === 0) {
          <p class="error" role="alert">
            You have no password, and no GitLab is set up here: set a password in your profile first.
          </p>
        }
        <p class="error" role="alert">{{ failure() }}</p>
      </mat-dialog-content>
      <mat-dialog-actions align="end">
        <button matButton type="button" mat-dialog-close>Cancel</button>
        @if (hasPassword()) {
          <button matButton="filled" type="submit" [disabled]="busy()">Turn on sudo</button>
        }
      </mat-dialog-actions>
    </form>
  `,
  styles: `
    .error {
      color: var(--mat-sys-error);
    }
    .error:empty {
      display: none;
    }
  `,
})
export class SudoDialog {
  private readonly session = inject(SessionStore);
  private readonly means = inject(SignInMeans);
  private readonly router = inject(Router);
  private readonly dialog = inject(MatDialogRef);

  protected readonly form = new FormGroup({ password: textControl(Validators.required) });
  protected readonly busy = signal(false);
  protected readonly failure = signal('');
  protected readonly hasPassword = computed(() => this.session.user()?.hasPassword ?? true);
  private readonly options = resource({ loader: () => this.means.load() });
  /** Only for those whose account here is linked to one there; null while that is being asked. */
  protected readonly gitlabs = computed(() => {
    if (this.options.isLoading()) return null;
    if (!this.options.hasValue() || this.session.user()?.gitlab === null) return [];
    return this.options.value().gitlab.map(({ id, name, url }) => ({
      id,
      name,
      url: gitlabUrl(url, this.router.url, 'sudo'),
    }));
  });

  protected async send(): Promise<void> {
    this.form.markAllAsTouched();
    if (this.form.invalid || this.busy()) return;
    this.busy.set(true);
    this.failure.set('');
    try {
      await this.session.turnSudoOn(this.form.getRawValue().password);
      this.dialog.close();
    } catch (error) {
      const { code, detail } = faultOf(error);
      if (code === 'bad-credentials') this.form.controls.password.setErrors({ server: 'That is not your password' });
      else this.failure.set(detail);
    } finally {
      this.busy.set(false);
    }
  }
}
