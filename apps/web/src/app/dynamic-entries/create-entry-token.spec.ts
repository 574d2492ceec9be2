import { TestBed } from '@angular/core/testing';
import { MAT_DIALOG_DATA, MatDialogRef } from '@angular/material/dialog';
import { expect, it } from 'vitest';
import type { CreateEntryToken, EntryToken } from '@lxdm/api-client';
import { CreateEntryTokenDialog } from './create-entry-token';
import { DynamicEntriesStore } from './dynamic-entries.store';

const details = { id: 'token-id', name: 'certbot', state: 'active' } as EntryToken;
const entry = {
  id: 'e1',
  title: 'x',
  owner: '_acme-challenge.web1.ct.example.org.',
  type: 'TXT',
  zone: 'ct.example.org.',
};

it('shows a token this once, in place in the snippets, and cannot be closed by accident then', async () => {
  const sent: CreateEntryToken[] = [];
  const closed: unknown[] = [];
  const dialog = { disableClose: false, close: (answer: unknown) => closed.push(answer) };
  const createToken = (_id: string, body: CreateEntryToken) => {
    sent.push(body);
    return Promise.resolve({ token: 's3cret', details });
  };
  TestBed.configureTestingModule({
    providers: [
      { provide: MAT_DIALOG_DATA, useValue: entry },
      { provide: MatDialogRef, useValue: dialog },
      { provide: DynamicEntriesStore, useValue: { createToken } },
    ],
  });
  const fixture = TestBed.createComponent(CreateEntryTokenDialog);
  await fixture.whenStable();
  const element = fixture.nativeElement as HTMLElement;
  const submit = () => element.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
  submit();
  await fixture.whenStable();
  expect(sent).toEqual([]);
  const field = element.querySelector('input');
  if (!field) throw new Error('There is no field.');
  field.value = ' certbot ';
  field.dispatchEvent(new Event('input'));
  submit();
  await fixture.whenStable();
  expect(sent).toEqual([{ name: 'certbot' }]);
  expect(element.querySelector('.secret code')?.textContent).toBe('s3cret');
  expect(element.querySelector('app-snippets pre')?.textContent).toContain('Authorization: Token s3cret');
  expect(dialog.disableClose).toBe(true);
  element.querySelector<HTMLButtonElement>('mat-dialog-actions button')?.click();
  expect(closed).toEqual([details]);
});
