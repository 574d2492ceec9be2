import { Component, computed, input, output } from '@angular/core';
import { Icon } from '../shell/icon';
import type { TextProblem } from '@lxdm/api-client';
import { placeText, type TextPlace } from './text-place';

/** What is wrong in a text, in its order; each leads to its place. */
@Component({
  selector: 'app-problem-list',
  imports: [Icon],
  template: `
    <ul [attr.aria-label]="'Problems'">
      @for (problem of sorted(); track $index) {
        <li>
          <button type="button" [class]="problem.severity" (click)="picked.emit(problem)">
            <app-icon [name]="problem.severity === 'error' ? 'alert' : 'warn'" />
            <span class="mono place">{{ place(problem) }}</span>
            <span>
              <span class="visually-hidden">{{ problem.severity === 'error' ? 'Error: ' : 'Warning: ' }}</span>
              {{ problem.message }}
            </span>
          </button>
        </li>
      }
    </ul>
  `,
  styles: `
    li + li {
      border-top: 1px solid var(--line);
    }
    button {
      display: grid;
      grid-template-columns: auto minmax(48px, max-content) minmax(0, 1fr);
      gap: 10px;
      align-items: start;
      width: 100%;
      padding: 8px 12px;
      border: 0;
      background: none;
      color: inherit;
      font: inherit;
      text-align: left;
      overflow-wrap: anywhere;
      cursor: pointer;
      --icon-size: 18px;
    }
    button:hover {
      background: color-mix(in srgb, var(--mat-sys-on-surface) 4%, transparent);
    }
    .error app-icon,
    .error .place {
      color: var(--tone-bad);
    }
    .warning app-icon,
    .warning .place {
      color: var(--tone-warn);
    }
  `,
})
export class ProblemList {
  readonly problems = input.required<TextProblem[]>();
  readonly picked = output<TextPlace>();
  protected readonly place = placeText;
  protected readonly sorted = computed(() =>
    [...this.problems()].sort((a, b) => a.line - b.line || a.column - b.column),
  );
}
