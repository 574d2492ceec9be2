import { Component, ElementRef, inject, input, signal, viewChild } from '@angular/core';
import { FormControl, FormGroup, ReactiveFormsModule, Validators } from '@angular/forms';
import { MatButtonModule } from '@angular/material/button';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';
import { MatProgressBarModule } from '@angular/material/progress-bar';
import { Router } from '@angular/router';
import { faultOf, type Fault } from '../api/problem';
import { Brand } from '../shell/brand';
import { safeReturnUrl } from './return-url';
import { SessionStore } from './session.store';

@Component({
  selector: 'app-sign-in',
  imports: [ReactiveFormsModule, MatButtonModule, MatFormFieldModule, MatInputModule, MatProgressBarModule, Brand],
  templateUrl: './sign-in.html',
  styleUrl: './sign-in.scss',
})
export class SignIn {
  private readonly session = inject(SessionStore);
  private readonly router = inject(Router);
  private readonly password = viewChild.required<ElementRef<HTMLInputElement>>('password');

  readonly returnUrl = input<string>();
  readonly expired = input<string>();

  protected readonly busy = signal(false);
  protected readonly fault = signal<Fault | null>(null);
  protected readonly form = new FormGroup({
    username: new FormControl('', { nonNullable: true, validators: Validators.required }),
    password: new FormControl('', { nonNullable: true, validators: Validators.required }),
  });

  protected async submit(): Promise<void> {
    this.form.markAllAsTouched();
    if (this.form.invalid || this.busy()) return;
    this.busy.set(true);
    this.fault.set(null);
    try {
      const { username, password } = this.form.getRawValue();
      await this.session.signIn(username.trim(), password);
      await this.router.navigateByUrl(safeReturnUrl(this.returnUrl()));
    } catch (error) {
      this.fault.set(faultOf(error));
      this.password().nativeElement.select();
    } finally {
      this.busy.set(false);
    }
  }

  protected message(fault: Fault): string {
    switch (fault.code) {
      case 'bad-credentials':
        return 'User name or password is wrong.';
      case 'rate-limited':
        return 'Too many attempts. Wait a minute, then try again.';
      default:
        return fault.detail;
    }
  }
}
