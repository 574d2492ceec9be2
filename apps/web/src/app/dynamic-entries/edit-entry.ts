import { Component, computed, inject, resource, signal } from '@angular/core';
import {
  FormGroup,
  ReactiveFormsModule,
  Validators,
  type AbstractControl,
  type ValidationErrors,
} from '@angular/forms';
import { MatAutocompleteModule } from '@angular/material/autocomplete';
import { MatButtonModule } from '@angular/material/button';
import { MatChipsModule } from '@angular/material/chips';
import { MAT_DIALOG_DATA, MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';
import { PeopleService, type DynamicEntry, type FoundPerson, type Ref } from '@lxdm/api-client';
import { faultOf, type Fault } from '../api/problem';
import { showFieldFaults } from '../feedback/field-faults';
import { FaultPanel } from '../feedback/fault-panel';
import { textControl } from '../feedback/text-control';
import { Icon } from '../shell/icon';
import { networks, readNetworks } from '../tokens/token-rules';
import { DynamicEntriesStore } from './dynamic-entries.store';

const typingPause = 200;

/** Makes a dynamic entry, or changes the one that it is opened with; closes with the entry. */
@Component({
  selector: 'app-edit-entry',
  imports: [
    ReactiveFormsModule,
    MatAutocompleteModule,
    MatButtonModule,
    MatChipsModule,
    MatDialogModule,
    MatFormFieldModule,
    MatInputModule,
    FaultPanel,
    Icon,
  ],
  templateUrl: './edit-entry.html',
})
export class EditEntryDialog {
  private readonly store = inject(DynamicEntriesStore);
  private readonly people = inject(PeopleService);
  private readonly dialog = inject<MatDialogRef<EditEntryDialog, DynamicEntry>>(MatDialogRef);
  protected readonly entry = inject<DynamicEntry | null>(MAT_DIALOG_DATA, { optional: true });
  private timer: ReturnType<typeof setTimeout> | undefined;

  protected readonly form = new FormGroup({
    title: textControl(Validators.required),
    template: textControl(Validators.required, oneHole),
    networks: textControl(networks),
  });
  protected readonly owners = signal<Ref[]>(this.entry?.owners ?? []);
  protected readonly busy = signal(false);
  protected readonly fault = signal<Fault | null>(null);
  private readonly wanted = signal('');
  private readonly search = resource({
    params: () => this.wanted() || undefined,
    loader: ({ params }) => this.people.searchPeople({ name: params }),
  });
  protected readonly found = computed(() => {
    const known = new Set(this.owners().map(({ id }) => id));
    return (this.search.hasValue() ? this.search.value() : []).filter(({ id }) => !known.has(id));
  });
  protected readonly hint = computed(() => {
    const error = this.search.error();
    if (error) return faultOf(error).detail;
    if (this.wanted() === '') return 'At least two letters of a name';
    if (this.search.isLoading()) return 'Searching…';
    return this.found().length === 0 ? 'Nobody of that name who is active and not in already' : '';
  });

  constructor() {
    if (this.entry)
      this.form.setValue({
        title: this.entry.title,
        template: this.entry.template,
        networks: this.entry.networks.join('\n'),
      });
  }

  protected typed(text: string): void {
    clearTimeout(this.timer);
    const name = text.trim();
    this.timer = setTimeout(() => this.wanted.set(name.length >= 2 ? name : ''), typingPause);
  }

  protected add(person: FoundPerson, box: HTMLInputElement): void {
    this.owners.update((owners) => [...owners, { id: person.id, name: person.displayName }]);
    box.value = '';
    this.wanted.set('');
  }

  protected drop(owner: Ref): void {
    this.owners.update((owners) => owners.filter(({ id }) => id !== owner.id));
  }

  protected async send(): Promise<void> {
    this.form.markAllAsTouched();
    if (this.form.invalid || this.busy()) return;
    this.busy.set(true);
    this.fault.set(null);
    try {
      const { title, template, networks: typed } = this.form.getRawValue();
      const body = {
        title: title.trim(),
        template: template.trim(),
        owners: this.owners().map(({ id }) => id),
        networks: readNetworks(typed),
      };
      this.dialog.close(await (this.entry ? this.store.change(this.entry.id, body) : this.store.create(body)));
    } catch (error) {
      const fault = faultOf(error);
      if (!showFieldFaults(this.form, fault)) this.fault.set(fault);
    } finally {
      this.busy.set(false);
    }
  }
}

/** Catches slips; the server has the last word. */
function oneHole(control: AbstractControl<string>): ValidationErrors | null {
  const holes = control.value.split('%s').length - 1;
  return control.value === '' || holes === 1 ? null : { hole: 'Write %s once, where the value goes' };
}
