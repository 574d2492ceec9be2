import { Component } from '@angular/core';
import { RouterLink, RouterLinkActive, RouterOutlet } from '@angular/router';
import { LiveIndicator } from '../live/live-indicator';
import { Brand } from './brand';
import { Icon } from './icon';
import type { IconName } from './icons';
import { ThemeMenu } from './theme-menu';
import { UserMenu } from './user-menu';

interface Place {
  path: string;
  label: string;
  icon: IconName;
}

@Component({
  selector: 'app-shell',
  imports: [RouterOutlet, RouterLink, RouterLinkActive, Brand, Icon, LiveIndicator, ThemeMenu, UserMenu],
  templateUrl: './shell.html',
  styleUrl: './shell.scss',
})
export class Shell {
  protected readonly places: Place[] = [
    { path: '/containers', label: 'Containers', icon: 'container' },
    { path: '/hosts', label: 'Hosts', icon: 'host' },
    { path: '/projects', label: 'Projects', icon: 'project' },
    { path: '/operations', label: 'Operations', icon: 'operation' },
  ];

  /** Moves the focus itself: with a base element, `#main` alone would leave the page. */
  protected skip(event: Event, main: HTMLElement): void {
    event.preventDefault();
    main.focus();
  }
}
