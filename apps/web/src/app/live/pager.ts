import { Component, computed, input, output } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { Icon } from '../shell/icon';

@Component({
  selector: 'app-pager',
  imports: [MatButtonModule, Icon],
  template: `
    @if (sizes().length > 0) {
      <label>
        Rows
        <select #size class="control" (change)="resized.emit(+size.value)">
          @for (option of sizes(); track option) {
            <option [value]="option" [selected]="option === pageSize()">{{ option }}</option>
          }
        </select>
      </label>
    }
    <span class="range" role="status">{{ range() }}</span>
    <button matIconButton aria-label="Previous page" [disabled]="page() <= 1" (click)="moved.emit(page() - 1)">
      <app-icon name="back" />
    </button>
    <button matIconButton aria-label="Next page" [disabled]="page() >= last()" (click)="moved.emit(page() + 1)">
      <app-icon name="next" />
    </button>
  `,
  styles: `
    :host {
      display: flex;
      align-items: center;
      justify-content: flex-end;
      gap: 4px;
      padding: 6px 10px 6px 16px;
      border-top: 1px solid var(--line);
      color: var(--muted);
      font-size: 0.8125rem;
    }
    label {
      display: inline-flex;
      align-items: center;
      gap: 8px;
    }
    .control {
      height: 30px;
    }
    .range {
      margin: 0 8px 0 16px;
      font-variant-numeric: tabular-nums;
    }
  `,
})
export class Pager {
  readonly total = input.required<number>();
  readonly page = input.required<number>();
  readonly pageSize = input.required<number>();
  readonly sizes = input<number[]>([]);
  readonly moved = output<number>();
  readonly resized = output<number>();

  protected readonly last = computed(() => Math.max(1, Math.ceil(this.total() / this.pageSize())));
  protected readonly range = computed(() => {
    if (this.total() === 0) return '0';
    const first = (this.page() - 1) * this.pageSize() + 1;
    return `${first}–${Math.min(this.total(), first + this.pageSize() - 1)} of ${this.total()}`;
  });
}
