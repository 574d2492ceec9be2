import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import type { Container } from '@lxdm/api-client';
import { MatButtonModule } from '@angular/material/button';
import { MatMenuModule } from '@angular/material/menu';
import { MatTooltipModule } from '@angular/material/tooltip';
import { OperationsStore } from '../operations/operations.store';
import { Icon } from '../shell/icon';
import { ContainerActions } from './container-actions';
import { allowedActions, shownStatus } from './container-status';
import { ContainersStore } from './containers.store';

@Component({
  selector: 'app-container-row-actions',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [MatButtonModule, MatMenuModule, MatTooltipModule, Icon],
  template: `
    @if (can().start) {
      <button
        matIconButton
        class="quick"
        [disabled]="sending()"
        [attr.aria-label]="'Start ' + container().name"
        matTooltip="Start"
        (click)="actions.change(container(), 'start')"
      >
        <app-icon name="start" />
      </button>
    } @else if (can().stop) {
      <button
        matIconButton
        class="quick"
        [disabled]="sending()"
        [attr.aria-label]="'Stop ' + container().name"
        matTooltip="Stop"
        (click)="actions.change(container(), 'stop')"
      >
        <app-icon name="stop" />
      </button>
    }
    <button matIconButton [matMenuTriggerFor]="menu" [attr.aria-label]="'Actions for ' + container().name">
      <app-icon name="more" />
    </button>
    <mat-menu #menu="matMenu" xPosition="before">
      <ng-template matMenuContent>
        <button mat-menu-item [disabled]="!can().start" (click)="actions.change(container(), 'start')">
          <app-icon matMenuItemIcon name="start" /><span>Start</span>
        </button>
        <button mat-menu-item [disabled]="!can().stop" (click)="actions.change(container(), 'stop')">
          <app-icon matMenuItemIcon name="stop" /><span>Stop</span>
        </button>
        <button mat-menu-item [disabled]="!can().restart" (click)="actions.change(container(), 'restart')">
          <app-icon matMenuItemIcon name="restart" /><span>Restart</span>
        </button>
        <button mat-menu-item [disabled]="!can().stop" (click)="actions.stopWithOptions(container(), 'stop')">
          <app-icon matMenuItemIcon name="wait" /><span>Stop with options…</span>
        </button>
        <button mat-menu-item class="danger-item" [disabled]="!can().remove" (click)="actions.remove(container())">
          <app-icon matMenuItemIcon name="delete" /><span>Delete…</span>
        </button>
      </ng-template>
    </mat-menu>
  `,
  styles: `
    :host {
      display: inline-flex;
      justify-content: flex-end;
    }
    @media (max-width: 760px) {
      .quick {
        display: none;
      }
    }
  `,
})
export class ContainerRowActions {
  private readonly store = inject(ContainersStore);
  private readonly operations = inject(OperationsStore);
  protected readonly actions = inject(ContainerActions);
  readonly container = input.required<Container>();

  protected readonly can = computed(() =>
    allowedActions(shownStatus(this.container(), this.operations.running().get(this.container().id))),
  );
  protected readonly sending = computed(() => this.store.isSending(this.container().id));
}
