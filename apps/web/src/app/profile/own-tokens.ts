import { Component, computed, inject } from '@angular/core';
import { ProfileService } from '@lxdm/api-client';
import { SessionStore } from '../session/session.store';
import { TokenList } from '../tokens/token-list';
import type { TokenSource } from '../tokens/token-source';

@Component({
  selector: 'app-own-tokens',
  imports: [TokenList],
  template: `
    <section class="card" id="tokens">
      <header><h2>API tokens</h2></header>
      <app-token-list [source]="source()" />
      @if (session.canSudo() && !session.isAdmin()) {
        <p class="body muted small">Tokens that act as an administrator can be made under sudo.</p>
      }
    </section>
  `,
  styles: `
    .body {
      padding-top: 0;
    }
  `,
})
export class OwnTokens {
  private readonly api = inject(ProfileService);
  protected readonly session = inject(SessionStore);
  protected readonly source = computed<TokenSource>(() => ({
    scopes: this.session.isAdmin() ? ['read', 'write', 'admin'] : ['read', 'write'],
    list: () => this.api.listTokens(),
    create: (body) => this.api.createToken({ body }),
    revoke: (id) => this.api.revokeToken({ id }),
  }));
}
