import { ComponentType } from '@angular/cdk/portal';
import { inject, Injectable } from '@angular/core';
import { MatDialog } from '@angular/material/dialog';
import { firstValueFrom } from 'rxjs';
import { ConfirmDialog, type Confirmation } from './confirm-dialog';

/** Opens dialogs of one size and answers with what they were closed with. */
@Injectable({ providedIn: 'root' })
export class Dialogs {
  private readonly dialog = inject(MatDialog);

  async open<Result, Data = undefined>(dialog: ComponentType<unknown>, data?: Data): Promise<Result | undefined> {
    const opened = this.dialog.open<unknown, Data, Result>(dialog, {
      width: '560px',
      maxWidth: '94vw',
      autoFocus: 'first-tabbable',
      restoreFocus: true,
      ...(data === undefined ? {} : { data }),
    });
    return firstValueFrom(opened.afterClosed(), { defaultValue: undefined });
  }

  async confirm(question: Confirmation): Promise<boolean> {
    return (await this.open<boolean, Confirmation>(ConfirmDialog, question)) === true;
  }
}
