import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { ageText, exactTime } from './age-text';
import { Clock } from './clock';

/** "3 min ago"; the exact time is its title. */
@Component({
  selector: 'app-age',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: '<time [attr.datetime]="at()" [title]="exact()">{{ text() }}</time>',
  styles: ':host { white-space: nowrap; }',
})
export class Age {
  private readonly clock = inject(Clock);
  readonly at = input.required<string>();
  protected readonly text = computed(() => ageText(this.at(), this.clock.now()));
  protected readonly exact = computed(() => exactTime(this.at()));
}
