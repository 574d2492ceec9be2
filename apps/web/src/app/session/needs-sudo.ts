import { Component, inject, input } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { EmptyState } from '../feedback/empty-state';
import { SessionStore } from './session.store';
import { Sudo } from './sudo';

/** In place of a page that is for administrators. */
@Component({
  selector: 'app-needs-sudo',
  imports: [RouterLink, MatButtonModule, EmptyState],
  template: `
    @if (session.canSudo()) {
      <app-empty-state icon="shield" [heading]="what() + ' needs sudo'">
        <p>This page is for administrators at work. Turn sudo on to open it.</p>
        <button matButton="filled" (click)="sudo.offer()">Turn on sudo</button>
      </app-empty-state>
    } @else {
      <app-empty-state icon="lock" heading="This page is for administrators">
        <p>Ask one of them if you need something that is here.</p>
        <a matButton="filled" routerLink="/containers">To the containers</a>
      </app-empty-state>
    }
  `,
})
export class NeedsSudo {
  protected readonly session = inject(SessionStore);
  protected readonly sudo = inject(Sudo);
  readonly what = input.required<string>();
}
