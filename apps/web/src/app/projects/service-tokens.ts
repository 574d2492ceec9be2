import { Component, inject } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MAT_DIALOG_DATA, MatDialogModule } from '@angular/material/dialog';
import { TokenList } from '../tokens/token-list';
import type { TokenSource } from '../tokens/token-source';

export interface ServiceTokens {
  name: string;
  source: TokenSource;
}

@Component({
  selector: 'app-service-tokens',
  imports: [MatButtonModule, MatDialogModule, TokenList],
  template: `
    <h2 mat-dialog-title>Tokens of {{ data.name }}</h2>
    <mat-dialog-content><app-token-list [source]="data.source" /></mat-dialog-content>
    <mat-dialog-actions align="end"><button matButton="filled" mat-dialog-close>Close</button></mat-dialog-actions>
  `,
})
export class ServiceTokensDialog {
  protected readonly data = inject<ServiceTokens>(MAT_DIALOG_DATA);
}
