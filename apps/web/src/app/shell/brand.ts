import { Component } from '@angular/core';

@Component({
  selector: 'app-brand',
  template: `
    <svg viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" />
      <path d="M16 6.5 24.5 11v10L16 25.5 7.5 21V11z M7.8 11.2 16 15.6l8.2-4.4 M16 15.6v9.6" />
    </svg>
    <span>LXD Manager</span>
  `,
  styles: `
    :host {
      display: inline-flex;
      align-items: center;
      gap: 10px;
      font-weight: 650;
      font-size: 0.9375rem;
      letter-spacing: -0.01em;
      min-width: 0;
      white-space: nowrap;
    }
    span {
      overflow: hidden;
      text-overflow: ellipsis;
    }
    svg {
      flex: none;
      width: 28px;
      height: 28px;
    }
    rect {
      fill: light-dark(#1d5bd0, #2b62cf);
    }
    path {
      fill: none;
      stroke: #fff;
      stroke-width: 2.2;
      stroke-linejoin: round;
    }
  `,
})
export class Brand {}
