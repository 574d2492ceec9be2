import { Component, computed, DOCUMENT, inject, input, linkedSignal, signal } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import type { ContainerDetail, DynamicEntry } from '@lxdm/api-client';
import { Snippets } from '../dns/snippets';
import { DynamicEntriesStore } from '../dynamic-entries/dynamic-entries.store';
import { entrySnippets } from '../dynamic-entries/entry-snippets';
import { CopyButton } from '../feedback/copy-button';
import { Notices } from '../feedback/notices';
import { ProjectsStore } from '../projects/projects.store';
import { SessionStore } from '../session/session.store';
import { Icon } from '../shell/icon';

/** The names of a container, and the entry with which it proves that a name is its own. */
@Component({
  selector: 'app-container-dns',
  imports: [RouterLink, MatButtonModule, CopyButton, Icon, Snippets],
  templateUrl: './container-dns-card.html',
  styles: `
    .stack {
      gap: 12px;
    }
  `,
})
export class ContainerDnsCard {
  private readonly entries = inject(DynamicEntriesStore);
  private readonly notices = inject(Notices);
  private readonly origin = inject(DOCUMENT).location.origin;
  private readonly projects = inject(ProjectsStore);
  private readonly session = inject(SessionStore);

  readonly container = input.required<ContainerDetail>();
  private readonly id = computed(() => this.container().id);
  protected readonly busy = signal(false);
  /** Of this container; another one begins without. */
  protected readonly entry = linkedSignal<string, DynamicEntry | null>({ source: this.id, computation: () => null });
  protected readonly snippets = computed(() => {
    const entry = this.entry();
    return entry === null ? [] : entrySnippets(entry, { origin: this.origin });
  });
  protected readonly may = computed(() => {
    const { project } = this.container();
    const role = project && this.projects.get(project.id)?.role;
    return this.session.isAdmin() || role === 'owner' || role === 'operator';
  });
  protected readonly addresses = computed(() => this.container().addresses.map(({ address }) => address));

  protected async challenge(): Promise<void> {
    this.busy.set(true);
    const id = this.id();
    await this.notices.guard(async () => {
      const entry = await this.entries.ofContainer(id);
      if (id === this.id()) this.entry.set(entry);
    });
    this.busy.set(false);
  }
}
