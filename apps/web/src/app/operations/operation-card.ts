import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { MatProgressBarModule } from '@angular/material/progress-bar';
import { RouterLink } from '@angular/router';
import type { Operation } from '@lxdm/api-client';
import { ToneChip } from '../feedback/tone-chip';
import { Age } from '../format/age';
import { durationText } from '../format/age-text';
import { Icon } from '../shell/icon';
import type { IconName } from '../shell/icons';
import { isFinished, operationLabel, operationLook } from './operation-text';

@Component({
  selector: 'app-operation-card',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [RouterLink, MatProgressBarModule, Age, Icon, ToneChip],
  templateUrl: './operation-card.html',
  styleUrl: './operation-card.scss',
})
export class OperationCard {
  readonly operation = input.required<Operation>();
  /** Unfolded from the start; one that runs or failed always is. */
  readonly open = input(false);
  readonly named = input(true);

  protected readonly label = computed(() => operationLabel(this.operation().type));
  protected readonly look = computed(() => operationLook(this.operation().status));
  protected readonly running = computed(() => !isFinished(this.operation()));
  protected readonly unfolded = computed(() => this.open() || this.running() || this.operation().status === 'Failure');
  protected readonly link = computed(() => {
    const { kind, id } = this.operation().target;
    return [kind === 'container' ? '/containers' : '/hosts', id];
  });
  protected readonly took = computed(() => {
    const { startedAt, finishedAt } = this.operation();
    return startedAt && finishedAt ? durationText(startedAt, finishedAt) : null;
  });

  protected readonly stepIcon: Record<'done' | 'running' | 'failed', IconName> = {
    done: 'check',
    running: 'sync',
    failed: 'close',
  };
  protected readonly stepWord = { done: 'done', running: 'running', failed: 'failed' };
}
