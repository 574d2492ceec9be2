import { Component, input, output } from '@angular/core';

/** What a line of a zone becomes. */
export interface ShownRecord {
  owner: string;
  type: string;
  ttl: number;
  data: string;
  line?: number;
}

/** Records as a zone file has them; with lines, each leads to its own. */
@Component({
  selector: 'app-record-table',
  template: `
    <table class="table">
      <thead>
        <tr>
          @if (lines()) {
            <th scope="col" class="num">Line</th>
          }
          <th scope="col">Name</th>
          <th scope="col" class="num">TTL</th>
          <th scope="col">Type</th>
          <th scope="col">Data</th>
        </tr>
      </thead>
      <tbody>
        @for (record of records(); track $index) {
          <tr>
            @if (lines()) {
              <td class="num corner">
                <button
                  type="button"
                  class="link"
                  [attr.aria-label]="'Go to line ' + record.line"
                  (click)="picked.emit(record.line ?? 1)"
                >
                  {{ record.line }}
                </button>
              </td>
            }
            <td>
              <code>{{ record.owner }}</code>
            </td>
            <td class="num nowrap" data-label="TTL">{{ record.ttl }}</td>
            <td class="nowrap" data-label="Type">{{ record.type }}</td>
            <td class="wide">
              <code>{{ record.data }}</code>
            </td>
          </tr>
        }
      </tbody>
    </table>
  `,
  styles: `
    .link {
      padding: 0 4px;
      border: 0;
      background: none;
      color: var(--mat-sys-primary);
      font: inherit;
      cursor: pointer;
    }
  `,
})
export class RecordTable {
  readonly records = input.required<ShownRecord[]>();
  readonly lines = input(false);
  readonly picked = output<number>();
}
