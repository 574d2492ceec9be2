import { inject, Injectable } from '@angular/core';
import { SessionStore } from '../session/session.store';

/** The names of containers in their zone, which the session tells. */
@Injectable({ providedIn: 'root' })
export class ContainerNames {
  private readonly session = inject(SessionStore);

  fqdn(name: string): string {
    return `${name.toLowerCase()}.${this.session.zone()}`;
  }
}
