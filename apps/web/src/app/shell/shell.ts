import { Component, computed, inject } from '@angular/core';
import { RouterLink, RouterLinkActive, RouterOutlet } from '@angular/router';
import { LiveIndicator } from '../live/live-indicator';
import { PeopleStore } from '../people/people.store';
import { SessionStore } from '../session/session.store';
import { SudoBar } from '../session/sudo-bar';
import { SudoSwitch } from '../session/sudo-switch';
import { Brand } from './brand';
import { Icon } from './icon';
import { placesFor } from './places';
import { ThemeMenu } from './theme-menu';
import { UserMenu } from './user-menu';

@Component({
  selector: 'app-shell',
  imports: [
    RouterOutlet,
    RouterLink,
    RouterLinkActive,
    Brand,
    Icon,
    LiveIndicator,
    SudoBar,
    SudoSwitch,
    ThemeMenu,
    UserMenu,
  ],
  templateUrl: './shell.html',
  styleUrl: './shell.scss',
})
export class Shell {
  protected readonly session = inject(SessionStore);
  protected readonly people = inject(PeopleStore);
  protected readonly places = computed(() => placesFor(this.session.isAdmin()));

  /** Moves the focus itself: with a base element, `#main` alone would leave the page. */
  protected skip(event: Event, main: HTMLElement): void {
    event.preventDefault();
    main.focus();
  }
}
