import { Component, computed, inject, signal } from '@angular/core';
import { FormGroup, FormGroupDirective, ReactiveFormsModule, Validators } from '@angular/forms';
import { MatButtonModule } from '@angular/material/button';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';
import { ProfileService } from '@lxdm/api-client';
import { faultOf } from '../api/problem';
import { showFieldFaults } from '../feedback/field-faults';
import { Notices } from '../feedback/notices';
import { textControl } from '../feedback/text-control';
import { SessionStore } from '../session/session.store';

@Component({
  selector: 'app-password-card',
  imports: [ReactiveFormsModule, MatButtonModule, MatFormFieldModule, MatInputModule],
  templateUrl: './password-card.html',
  styles: `
    form {
      max-width: 420px;
      padding: 16px;
    }
    button {
      justify-self: start;
    }
    .error {
      color: var(--mat-sys-error);
    }
  `,
})
export class PasswordCard {
  private readonly api = inject(ProfileService);
  private readonly notices = inject(Notices);
  private readonly session = inject(SessionStore);

  protected readonly has = computed(() => this.session.user()?.hasPassword ?? true);
  protected readonly busy = signal(false);
  protected readonly failure = signal('');
  protected readonly form = new FormGroup({
    current: textControl(),
    password: textControl(Validators.required),
  });

  protected async send(directive: FormGroupDirective): Promise<void> {
    const { current, password } = this.form.controls;
    if (this.has() && current.value === '') current.setErrors({ server: 'Enter your present password' });
    if (this.form.invalid || this.busy()) return this.form.markAllAsTouched();
    this.busy.set(true);
    this.failure.set('');
    try {
      const first = !this.has();
      await this.api.changePassword({
        body: { password: password.value, ...(first ? {} : { current: current.value }) },
      });
      directive.resetForm();
      this.notices.say(
        first
          ? 'You have a password now.'
          : 'Your password is changed; other sessions have ended. Tokens go on: revoke those that you do not know.',
      );
      await this.session.check();
    } catch (error) {
      const fault = faultOf(error);
      if (fault.code === 'bad-credentials') current.setErrors({ server: 'That is not your present password' });
      else if (!showFieldFaults(this.form, fault)) this.failure.set(fault.detail);
    } finally {
      this.busy.set(false);
    }
  }
}
