import { Component, inject, signal } from '@angular/core';
import { FormGroup, FormGroupDirective, ReactiveFormsModule, Validators } from '@angular/forms';
import { MatButtonModule } from '@angular/material/button';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';
import { MatProgressBarModule } from '@angular/material/progress-bar';
import type { SshKey } from '@lxdm/api-client';
import { faultOf } from '../api/problem';
import { Dialogs } from '../feedback/dialogs';
import { EmptyState } from '../feedback/empty-state';
import { FaultPanel } from '../feedback/fault-panel';
import { Notices } from '../feedback/notices';
import { textControl } from '../feedback/text-control';
import { Age } from '../format/age';
import { dateText } from '../format/age-text';
import { gitlabPage } from '../session/gitlab-url';
import { SessionStore } from '../session/session.store';
import { Icon } from '../shell/icon';
import { publicKey } from './public-key';
import { SshKeysStore } from './ssh-keys.store';

/** The keys that open one's containers: those that were added here, and those that GitLab has. */
@Component({
  selector: 'app-ssh-keys-card',
  imports: [
    ReactiveFormsModule,
    MatButtonModule,
    MatFormFieldModule,
    MatInputModule,
    MatProgressBarModule,
    Age,
    EmptyState,
    FaultPanel,
    Icon,
  ],
  providers: [SshKeysStore],
  templateUrl: './ssh-keys-card.html',
  styleUrl: './ssh-keys-card.scss',
})
export class SshKeysCard {
  private readonly dialogs = inject(Dialogs);
  private readonly notices = inject(Notices);
  private readonly session = inject(SessionStore);
  protected readonly keys = inject(SshKeysStore);
  protected readonly busy = signal(false);
  protected readonly form = new FormGroup({ publicKey: textControl(Validators.required, publicKey) });
  protected readonly date = dateText;

  constructor() {
    void this.keys.load();
  }

  /** The page of GitLab where its keys are kept. */
  protected gitlabKeys(): string | null {
    const issuer = this.session.user()?.gitlab?.issuer;
    return issuer ? gitlabPage(issuer, '-/user_settings/ssh_keys') : null;
  }

  protected async add(directive: FormGroupDirective): Promise<void> {
    if (this.form.invalid || this.busy()) return this.form.markAllAsTouched();
    this.busy.set(true);
    try {
      const key = await this.keys.add(this.form.getRawValue().publicKey.trim());
      // Through the directive: it also forgets that the form was submitted, which would mark the empty field.
      directive.resetForm();
      this.notices.say(`${key.comment || key.type} is added. Your running containers get it within a few seconds.`);
    } catch (error) {
      const fault = faultOf(error);
      this.form.controls.publicKey.setErrors({ server: fault.fields['publicKey'] ?? fault.detail });
    } finally {
      this.busy.set(false);
    }
  }

  protected async remove(key: SshKey): Promise<void> {
    const sure = await this.dialogs.confirm({
      title: 'Delete this SSH key?',
      text: `${key.comment || key.type} (${key.fingerprint}) is taken out of your containers.`,
      action: 'Delete key',
      danger: true,
    });
    if (sure) await this.notices.guard(() => this.keys.remove(key.id));
  }
}
