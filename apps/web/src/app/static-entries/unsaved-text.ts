import { inject } from '@angular/core';
import { CanDeactivateFn } from '@angular/router';
import { Dialogs } from '../feedback/dialogs';

/** A page that may hold something that is not saved yet. */
export interface MayBeUnsaved {
  unsaved(): boolean;
}

/** Asks before what was written is left behind. */
export const unsavedText: CanDeactivateFn<MayBeUnsaved> = (page) =>
  !page.unsaved() ||
  inject(Dialogs).confirm({
    title: 'Leave without saving?',
    text: 'What you changed here is not saved, and is lost when you leave.',
    action: 'Leave without saving',
    danger: true,
  });
