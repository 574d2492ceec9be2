import { Component, computed, effect, inject, resource, signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { FormControl, FormGroup, ReactiveFormsModule, Validators } from '@angular/forms';
import { MatButtonModule } from '@angular/material/button';
import { MatCheckboxModule } from '@angular/material/checkbox';
import { MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';
import { MatSelectModule } from '@angular/material/select';
import type { CreateContainer } from '@lxdm/api-client';
import { faultOf, type Fault } from '../api/problem';
import { showFieldFaults } from '../feedback/field-faults';
import { FaultPanel } from '../feedback/fault-panel';
import { textControl } from '../feedback/text-control';
import { HostsStore } from '../hosts/hosts.store';
import { imageLabel, imageValue } from '../hosts/image-text';
import { ProjectsStore } from '../projects/projects.store';
import { ContainerNames } from './container-names';
import { containerName } from './container-name';
import { ContainersStore } from './containers.store';

@Component({
  selector: 'app-create-container',
  imports: [
    ReactiveFormsModule,
    MatButtonModule,
    MatCheckboxModule,
    MatDialogModule,
    MatFormFieldModule,
    MatInputModule,
    MatSelectModule,
    FaultPanel,
  ],
  templateUrl: './create-container.html',
})
export class CreateContainerDialog {
  private readonly names = inject(ContainerNames);
  private readonly store = inject(ContainersStore);
  private readonly hostsStore = inject(HostsStore);
  private readonly dialog = inject(MatDialogRef);
  protected readonly projects = inject(ProjectsStore);

  protected readonly form = new FormGroup({
    name: textControl(Validators.required, containerName),
    hostId: textControl(Validators.required),
    image: textControl(Validators.required),
    projectId: textControl(),
    description: textControl(),
    start: new FormControl(true, { nonNullable: true }),
    nesting: new FormControl(false, { nonNullable: true }),
  });
  protected readonly busy = signal(false);
  protected readonly fault = signal<Fault | null>(null);
  protected readonly hosts = computed(() => this.hostsStore.items().filter((host) => host.state === 'Online'));
  private readonly hostId = toSignal(this.form.controls.hostId.valueChanges, { initialValue: '' });
  private readonly name = toSignal(this.form.controls.name.valueChanges, { initialValue: '' });
  protected readonly images = resource({
    params: () => this.hostId() || undefined,
    loader: ({ params }) => this.hostsStore.images(params),
  });
  protected readonly imageFault = computed(() => (this.images.error() ? faultOf(this.images.error()) : null));
  protected readonly preview = computed(() => {
    const name = this.name().trim();
    return name === '' ? null : this.names.fqdn(name);
  });
  protected readonly imageLabel = imageLabel;
  protected readonly imageValue = imageValue;

  constructor() {
    void this.hostsStore.ensure();
    void this.projects.ensure();
    // With a single host there is nothing to choose.
    effect(() => {
      const [only, ...others] = this.hosts();
      if (only && others.length === 0 && this.form.controls.hostId.value === '')
        this.form.controls.hostId.setValue(only.id);
    });
    // An image of one host says nothing about another.
    effect(() => {
      this.hostId();
      this.form.controls.image.setValue('');
    });
  }

  protected async send(): Promise<void> {
    this.form.markAllAsTouched();
    if (this.form.invalid || this.busy()) return;
    this.busy.set(true);
    this.fault.set(null);
    try {
      await this.store.create(this.body());
      this.dialog.close();
    } catch (error) {
      const fault = faultOf(error);
      if (fault.code === 'name-taken') fault.fields = { name: fault.detail };
      if (!showFieldFaults(this.form, fault)) this.fault.set(fault);
    } finally {
      this.busy.set(false);
    }
  }

  private body(): CreateContainer {
    const { name, hostId, image, projectId, description, start, nesting } = this.form.getRawValue();
    return {
      name,
      hostId,
      image,
      start,
      nesting,
      ...(projectId === '' ? {} : { projectId }),
      ...(description.trim() === '' ? {} : { description: description.trim() }),
    };
  }
}
