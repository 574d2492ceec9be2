import { Component } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { EmptyState } from '../feedback/empty-state';

@Component({
  selector: 'app-not-found',
  imports: [RouterLink, MatButtonModule, EmptyState],
  template: `
    <div class="page">
      <app-empty-state icon="unknown" heading="There is no such page">
        <p>The address may be mistyped, or what it showed is gone.</p>
        <a matButton="filled" routerLink="/containers">To the containers</a>
      </app-empty-state>
    </div>
  `,
})
export class NotFound {}
