import { Component, computed, inject } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatTooltipModule } from '@angular/material/tooltip';
import { LiveStream } from './live-stream';

@Component({
  selector: 'app-live-indicator',
  imports: [MatButtonModule, MatTooltipModule],
  template: `
    <button type="button" [class]="stream.state()" [matTooltip]="view().hint" (click)="stream.retryNow()">
      <span class="dot" aria-hidden="true"></span>
      <span class="word" role="status">{{ view().word }}</span>
    </button>
  `,
  styles: `
    button {
      display: inline-flex;
      align-items: center;
      gap: 7px;
      height: 28px;
      padding: 0 10px;
      margin-right: 4px;
      border: 1px solid var(--line);
      border-radius: 14px;
      background: none;
      color: var(--muted);
      font: inherit;
      font-size: 0.78125rem;
      font-weight: 500;
    }
    .dot {
      width: 8px;
      height: 8px;
      border-radius: 50%;
      background: var(--muted);
    }
    .live .dot {
      background: light-dark(#1e9e57, #4fd08a);
    }
    .retrying {
      color: var(--tone-warn);
      background: var(--tone-warn-bg);
      border-color: transparent;
      cursor: pointer;
    }
    .retrying .dot {
      background: currentColor;
      animation: blink 1.2s ease-in-out infinite;
    }
    @keyframes blink {
      50% {
        opacity: 0.25;
      }
    }
    @media (max-width: 480px) {
      .live,
      .connecting {
        padding: 0 9px;
      }
      .live .word,
      .connecting .word {
        position: absolute;
        clip-path: inset(50%);
        width: 1px;
      }
    }
  `,
})
export class LiveIndicator {
  protected readonly stream = inject(LiveStream);
  protected readonly view = computed(() => views[this.stream.state()]);
}

const views = {
  off: { word: 'Off', hint: 'No live changes' },
  connecting: { word: 'Connecting', hint: 'Connecting to the live changes' },
  live: { word: 'Live', hint: 'Changes appear as they happen' },
  retrying: {
    word: 'Reconnecting',
    hint: 'The line to the server is interrupted; what you see may be old. Click to try now.',
  },
};
