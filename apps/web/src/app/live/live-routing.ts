import { effect, inject, Injectable, untracked } from '@angular/core';
import { ContainersStore } from '../containers/containers.store';
import { HostsStore } from '../hosts/hosts.store';
import { OperationsStore } from '../operations/operations.store';
import { ProjectsStore } from '../projects/projects.store';
import { SessionStore } from '../session/session.store';
import type { LiveEvent } from './live-event';
import { LiveStream } from './live-stream';

/** Keeps the stream as long as the session, and hands each event to the store that it concerns. */
@Injectable({ providedIn: 'root' })
export class LiveRouting {
  private readonly containers = inject(ContainersStore);
  private readonly hosts = inject(HostsStore);
  private readonly projects = inject(ProjectsStore);
  private readonly operations = inject(OperationsStore);

  constructor() {
    const stream = inject(LiveStream);
    const session = inject(SessionStore);
    stream.events.subscribe((event) => this.route(event));
    effect(() => {
      const signedIn = session.active();
      untracked(() => {
        if (signedIn) return stream.start();
        stream.stop();
        // The next user of this browser must not see what the last one saw.
        for (const store of this.stores()) store.clear();
      });
    });
    // With sudo one sees more, and without it less: what is shown is asked for again.
    let before = untracked(session.isAdmin);
    effect(() => {
      const now = session.isAdmin();
      if (now !== before && untracked(session.active)) for (const store of this.stores()) store.refresh();
      before = now;
    });
  }

  private route(event: LiveEvent): void {
    switch (event.of) {
      case 'container':
        return this.containers.apply(event.change);
      case 'host':
        return this.hosts.apply(event.change);
      case 'project':
        return this.projects.apply(event.change);
      case 'operation':
        return this.operations.apply(event.change);
      case 'reset':
        for (const store of this.stores()) store.refresh();
    }
  }

  private stores(): { clear(): void; refresh(): void }[] {
    return [this.containers, this.hosts, this.projects, this.operations];
  }
}
