import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import type { Container } from '@lxdm/api-client';
import { MatProgressBarModule } from '@angular/material/progress-bar';
import { MatTooltipModule } from '@angular/material/tooltip';
import { Age } from '../format/age';
import { ToneChip } from '../feedback/tone-chip';
import { currentStep } from '../operations/operation-text';
import { OperationsStore } from '../operations/operations.store';
import { Icon } from '../shell/icon';
import { containerLook, shownStatus } from './container-status';

@Component({
  selector: 'app-status-chip',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Age, Icon, MatProgressBarModule, MatTooltipModule, ToneChip],
  template: `
    <app-tone-chip [look]="look()" [matTooltip]="hint()" />
    @if (busy()) {
      <span class="progress">
        <mat-progress-bar
          [mode]="operation()?.progress ? 'determinate' : 'indeterminate'"
          [value]="operation()?.progress ?? 0"
          [attr.aria-label]="look().label + ' ' + container().name"
        />
        @if (step(); as text) {
          <span class="step">{{ text }}</span>
        }
      </span>
    }
    @if (container().stale) {
      <span class="stale" matTooltip="The host does not answer: this is what was last seen">
        <app-icon name="stale" />
        @if (container().observedAt; as at) {
          seen <app-age [at]="at" />
        } @else {
          never seen
        }
      </span>
    }
  `,
  styles: `
    :host {
      display: inline-flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 4px 8px;
    }
    .progress {
      display: grid;
      gap: 3px;
      width: 96px;
      --mat-progress-bar-track-height: 3px;
      --mat-progress-bar-active-indicator-height: 3px;
      --mat-progress-bar-track-shape: 2px;
    }
    .step {
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
      font-size: 0.71875rem;
      line-height: 1.2;
      color: var(--muted);
    }
    .stale {
      display: inline-flex;
      align-items: center;
      gap: 3px;
      color: var(--tone-warn);
      font-size: 0.75rem;
      white-space: nowrap;
      --icon-size: 14px;
    }
  `,
})
export class StatusChip {
  private readonly operations = inject(OperationsStore);
  readonly container = input.required<Container>();

  protected readonly operation = computed(() => this.operations.running().get(this.container().id));
  protected readonly busy = computed(() => (this.container().pending ?? false) || this.operation() !== undefined);
  protected readonly look = computed(() => containerLook(shownStatus(this.container(), this.operation())));
  protected readonly hint = computed(() => this.container().statusDetail ?? '');
  protected readonly step = computed(() => {
    const operation = this.operation();
    return operation ? currentStep(operation) : null;
  });
}
