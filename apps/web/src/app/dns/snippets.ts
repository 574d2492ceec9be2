import { Component, computed, input, linkedSignal } from '@angular/core';
import { CopyBlock } from './copy-block';
import type { Snippet } from './snippet';

/** One of several ready snippets at a time. */
@Component({
  selector: 'app-snippets',
  imports: [CopyBlock],
  template: `
    <div class="segments" role="group" [attr.aria-label]="label()">
      @for (snippet of snippets(); track snippet.id) {
        <button
          type="button"
          [class.on]="snippet.id === shown()?.id"
          [attr.aria-pressed]="snippet.id === shown()?.id"
          (click)="chosen.set(snippet.id)"
        >
          {{ snippet.name }}
        </button>
      }
    </div>
    @if (shown(); as snippet) {
      <p class="muted small">{{ snippet.about }}</p>
      <app-copy-block [text]="snippet.text" [what]="'the snippet for ' + snippet.name" />
    }
  `,
  styles: `
    :host {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: 10px;
    }
  `,
})
export class Snippets {
  readonly snippets = input.required<Snippet[]>();
  readonly label = input('For which program');
  protected readonly chosen = linkedSignal(() => this.snippets()[0]?.id);
  protected readonly shown = computed(() => {
    const all = this.snippets();
    return all.find(({ id }) => id === this.chosen()) ?? all[0];
  });
}
