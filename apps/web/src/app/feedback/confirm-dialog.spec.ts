import { TestBed } from '@angular/core/testing';
import { MAT_DIALOG_DATA, MatDialogRef } from '@angular/material/dialog';
import { describe, expect, it } from 'vitest';
import { ConfirmDialog, type Confirmation } from './confirm-dialog';

async function opened(data: Confirmation) {
  const closed: unknown[] = [];
  TestBed.configureTestingModule({
    providers: [
      { provide: MAT_DIALOG_DATA, useValue: data },
      { provide: MatDialogRef, useValue: { close: (answer: unknown) => closed.push(answer) } },
    ],
  });
  const fixture = TestBed.createComponent(ConfirmDialog);
  await fixture.whenStable();
  const element = fixture.nativeElement as HTMLElement;
  const type = async (text: string): Promise<void> => {
    const field = element.querySelector('input');
    if (!field) throw new Error('There is no field.');
    field.value = text;
    field.dispatchEvent(new Event('input'));
    await fixture.whenStable();
  };
  const enter = (): boolean | undefined =>
    element.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
  const button = element.querySelector<HTMLButtonElement>('button.danger-button');
  return { closed, type, enter, button };
}

const question = { title: 'Delete web1?', text: '', action: 'Delete', danger: true };

describe('ConfirmDialog', () => {
  it('lets nothing be deleted before the name is typed', async () => {
    const { closed, type, enter, button } = await opened({ ...question, typed: 'web1' });
    expect(button?.disabled).toBe(true);
    await type('web');
    enter();
    expect(closed).toEqual([]);
    expect(button?.disabled).toBe(true);
    await type('web1');
    expect(button?.disabled).toBe(false);
    enter();
    expect(closed).toEqual([true]);
  });

  it('asks for no word where nothing is lost', async () => {
    const { button } = await opened(question);
    expect(button?.disabled).toBe(false);
  });
});
