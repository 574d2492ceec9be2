import { Component, computed, inject, resource, signal } from '@angular/core';
import { FormControl, ReactiveFormsModule } from '@angular/forms';
import { MatAutocompleteModule } from '@angular/material/autocomplete';
import { MatButtonModule } from '@angular/material/button';
import { MAT_DIALOG_DATA, MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';
import { MatSelectModule } from '@angular/material/select';
import type { FoundPerson, Project } from '@lxdm/api-client';
import { faultOf, type Fault } from '../api/problem';
import { FaultPanel } from '../feedback/fault-panel';
import { roles, type Role } from './member-rules';
import { ProjectsStore } from './projects.store';

const typingPause = 200;

/** Finds somebody by the beginning of a name, and adds them with a role. */
@Component({
  selector: 'app-add-member',
  imports: [
    ReactiveFormsModule,
    MatAutocompleteModule,
    MatButtonModule,
    MatDialogModule,
    MatFormFieldModule,
    MatInputModule,
    MatSelectModule,
    FaultPanel,
  ],
  templateUrl: './add-member.html',
})
export class AddMemberDialog {
  private readonly store = inject(ProjectsStore);
  private readonly dialog = inject(MatDialogRef);
  protected readonly project = inject<Project>(MAT_DIALOG_DATA);
  private timer: ReturnType<typeof setTimeout> | undefined;

  private readonly wanted = signal('');
  protected readonly chosen = signal<FoundPerson | null>(null);
  protected readonly role = new FormControl<Role>('operator', { nonNullable: true });
  protected readonly roles = roles;
  protected readonly busy = signal(false);
  protected readonly fault = signal<Fault | null>(null);
  private readonly search = resource({
    params: () => this.wanted() || undefined,
    loader: ({ params }) => this.store.find(params),
  });
  /** Who is in already needs no adding. */
  protected readonly found = computed(() => {
    const members = new Set(this.project.members.map(({ userId }) => userId));
    return (this.search.hasValue() ? this.search.value() : []).filter(({ id }) => !members.has(id));
  });
  protected readonly hint = computed(() => {
    const error = this.search.error();
    if (error) return faultOf(error).detail;
    if (this.wanted() === '') return 'At least two letters of a name';
    if (this.search.isLoading()) return 'Searching…';
    return this.found().length === 0 && !this.chosen() ? 'Nobody of that name who is active and not in already' : '';
  });

  protected readonly shown = (person: FoundPerson | string | null): string =>
    typeof person === 'string' ? person : (person?.username ?? '');

  protected typed(text: string): void {
    this.chosen.set(null);
    clearTimeout(this.timer);
    const name = text.trim();
    this.timer = setTimeout(() => this.wanted.set(name.length >= 2 ? name : ''), typingPause);
  }

  protected async send(event: Event): Promise<void> {
    event.preventDefault();
    const person = this.chosen();
    if (person === null || this.busy()) return;
    this.busy.set(true);
    this.fault.set(null);
    try {
      await this.store.setMember(this.project.id, person.id, this.role.value);
      this.dialog.close();
    } catch (error) {
      this.fault.set(faultOf(error));
    } finally {
      this.busy.set(false);
    }
  }
}
