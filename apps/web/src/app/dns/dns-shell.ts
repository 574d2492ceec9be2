import { Component, computed, inject } from '@angular/core';
import { RouterLink, RouterLinkActive, RouterOutlet } from '@angular/router';
import { SessionStore } from '../session/session.store';
import { sectionsFor } from './sections';

/** The parts of DNS side by side, above the one that is open. */
@Component({
  selector: 'app-dns-shell',
  imports: [RouterLink, RouterLinkActive, RouterOutlet],
  template: `
    @if (sections().length > 1) {
      <nav aria-label="DNS">
        @for (section of sections(); track section.path) {
          <a [routerLink]="section.path" routerLinkActive="on" ariaCurrentWhenActive="page">{{ section.label }}</a>
        }
      </nav>
    }
    <router-outlet />
  `,
  styles: `
    nav {
      display: flex;
      gap: 4px;
      max-width: 1320px;
      margin: 0 auto;
      padding: 14px 18px 0;
      overflow-x: auto;
      scrollbar-width: none;
    }
    a {
      flex: none;
      padding: 6px 11px;
      border-radius: 16px;
      color: var(--muted);
      font-size: 0.8125rem;
      font-weight: 520;
    }
    a:hover {
      background: var(--mat-sys-surface-container-highest);
      text-decoration: none;
    }
    a.on {
      background: var(--mat-sys-secondary-container);
      color: var(--mat-sys-on-secondary-container);
    }
    @media (max-width: 640px) {
      nav {
        padding: 10px 10px 0;
      }
    }
  `,
})
export class DnsShell {
  private readonly session = inject(SessionStore);
  protected readonly sections = computed(() => sectionsFor(this.session.isAdmin()));
}
