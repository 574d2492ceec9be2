import { Component, computed, ElementRef, inject, input, resource, signal, viewChild } from '@angular/core';
import { FormControl, FormGroup, ReactiveFormsModule, Validators } from '@angular/forms';
import { MatButtonModule } from '@angular/material/button';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';
import { MatProgressBarModule } from '@angular/material/progress-bar';
import { Router } from '@angular/router';
import { faultOf, type Fault } from '../api/problem';
import { Brand } from '../shell/brand';
import { Icon } from '../shell/icon';
import { gitlabUrl } from './gitlab-url';
import { safeReturnUrl } from './return-url';
import { SessionStore } from './session.store';
import { signInError } from './sign-in-error';
import { SignInMeans } from './sign-in-means';

@Component({
  selector: 'app-sign-in',
  imports: [
    ReactiveFormsModule,
    MatButtonModule,
    MatFormFieldModule,
    MatInputModule,
    MatProgressBarModule,
    Brand,
    Icon,
  ],
  templateUrl: './sign-in.html',
  styleUrl: './sign-in.scss',
})
export class SignIn {
  private readonly session = inject(SessionStore);
  private readonly router = inject(Router);
  private readonly means = inject(SignInMeans);
  private readonly username = viewChild<ElementRef<HTMLInputElement>>('username');
  private readonly password = viewChild<ElementRef<HTMLInputElement>>('password');

  readonly returnUrl = input<string>();
  readonly expired = input<string>();
  readonly error = input<string>();
  readonly request = input<string>();

  protected readonly busy = signal(false);
  protected readonly fault = signal<Fault | null>(null);
  protected readonly unfolded = signal(false);
  private readonly options = resource({ loader: () => this.means.load() });
  /** Known means, or none when the server did not say: then the form is there to try. */
  private readonly known = computed(() => (this.options.hasValue() ? this.options.value() : null));
  protected readonly asking = this.options.isLoading;
  protected readonly gitlabs = computed(() =>
    (this.known()?.gitlab ?? []).map(({ id, name, url }) => ({
      id,
      name,
      url: gitlabUrl(url, safeReturnUrl(this.returnUrl())),
    })),
  );
  protected readonly foldable = computed(() => this.gitlabs().length > 0 && this.known()?.password !== false);
  protected readonly formShown = computed(() => !this.asking() && (this.gitlabs().length === 0 || this.unfolded()));
  protected readonly errorText = computed(() => {
    const code = this.error();
    return code ? signInError(code) : null;
  });
  protected readonly form = new FormGroup({
    username: new FormControl('', { nonNullable: true, validators: Validators.required }),
    password: new FormControl('', { nonNullable: true, validators: Validators.required }),
  });

  protected toggle(): void {
    this.unfolded.update((before) => !before);
    if (this.unfolded()) setTimeout(() => this.username()?.nativeElement.focus());
  }

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
      this.password()?.nativeElement.select();
    } finally {
      this.busy.set(false);
    }
  }

  protected message(fault: Fault): string {
    return fault.code === 'bad-credentials' ? 'User name or password is wrong.' : fault.detail;
  }
}
