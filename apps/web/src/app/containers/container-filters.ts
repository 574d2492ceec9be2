import { Component, computed, ElementRef, inject, input, linkedSignal, output, viewChild } from '@angular/core';
import { HostsStore } from '../hosts/hosts.store';
import { ProjectsStore } from '../projects/projects.store';
import { Icon } from '../shell/icon';
import type { ContainerQuery } from './container-query';
import { containerLook, type ContainerStatus } from './container-status';

const offered: ContainerStatus[] = ['Running', 'Stopped', 'Frozen', 'Error', 'Missing'];
const typingPause = 250;

@Component({
  selector: 'app-container-filters',
  imports: [Icon],
  host: { '(document:keydown)': 'shortcut($event)' },
  templateUrl: './container-filters.html',
  styleUrl: './container-filters.scss',
})
export class ContainerFilters {
  protected readonly hosts = inject(HostsStore);
  protected readonly projects = inject(ProjectsStore);
  private readonly box = viewChild.required<ElementRef<HTMLInputElement>>('box');
  private timer: ReturnType<typeof setTimeout> | undefined;

  readonly query = input.required<ContainerQuery>();
  readonly changed = output<Partial<ContainerQuery>>();

  protected readonly text = linkedSignal(() => this.query().filter);
  protected readonly statuses = computed(() =>
    ['' as const, ...offered].map((status) => ({
      status,
      on: this.query().status === status,
      label: status === '' ? 'All' : containerLook(status).label,
      icon: status === '' ? null : containerLook(status).icon,
    })),
  );

  protected typed(text: string): void {
    this.text.set(text);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.changed.emit({ filter: text.trim() }), typingPause);
  }

  protected clearText(): void {
    clearTimeout(this.timer);
    this.text.set('');
    this.changed.emit({ filter: '' });
    this.box().nativeElement.focus();
  }

  /** `/` goes to the filter, as in many consoles, unless something is being typed. */
  protected shortcut(event: Event): void {
    if (!(event instanceof KeyboardEvent) || event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey)
      return;
    const target = event.target;
    if (target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)))
      return;
    event.preventDefault();
    this.box().nativeElement.select();
  }
}
