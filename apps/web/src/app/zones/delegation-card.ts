import { Component, input } from '@angular/core';
import type { Zone } from '@lxdm/api-client';
import { CopyBlock } from '../dns/copy-block';

/** What the parent zone has to say so that the world finds this one. */
@Component({
  selector: 'app-delegation-card',
  imports: [CopyBlock],
  template: `
    <section class="card">
      <header><h2>Delegation</h2></header>
      <div class="body stack">
        <p class="muted small">
          Lines for the zone above <code>{{ zone().name }}</code>
        </p>
        @if (zone().delegation.ns.length > 0) {
          <h3>Name servers</h3>
          <app-copy-block [text]="zone().delegation.ns.join(newline)" what="the NS records" />
        }
        @if (zone().delegation.glue.length > 0) {
          <h3>Glue: addresses of name servers inside the zone</h3>
          <app-copy-block [text]="zone().delegation.glue.join(newline)" what="the glue records" />
        } @else if (zone().kind === 'forward' && zone().addresses.length === 0) {
          <p class="warn-text small">No address of the name server is set: the parent zone needs one as glue.</p>
        }
        @if (zone().delegation.ds.length > 0) {
          <h3>DNSSEC: fingerprint of the key</h3>
          <app-copy-block [text]="zone().delegation.ds.join(newline)" what="the DS records" />
        }
      </div>
    </section>
  `,
  styles: `
    .body.stack {
      gap: 8px;
    }
    h3 {
      font-size: 0.8125rem;
      font-weight: 570;
    }
    app-copy-block {
      margin-bottom: 6px;
    }
  `,
})
export class DelegationCard {
  readonly zone = input.required<Zone>();
  protected readonly newline = '\n';
}
