import { TestBed } from '@angular/core/testing';
import { MAT_DIALOG_DATA, MatDialogRef } from '@angular/material/dialog';
import { beforeEach, describe, expect, it } from 'vitest';
import type { CreateToken, Token } from '@lxdm/api-client';
import { CreateTokenDialog } from './create-token';

const details: Token = {
  id: 't1',
  name: 'backup',
  scope: 'read',
  networks: [],
  expiresAt: null,
  lastUsedAt: null,
  lastUsedAddress: null,
  createdAt: '2026-01-01T00:00:00Z',
  createdBy: null,
  state: 'active',
};

describe('creating a token', () => {
  let sent: CreateToken[];
  let closed: unknown[];
  const dialog = { disableClose: false, close: (answer: unknown) => closed.push(answer) };

  beforeEach(() => {
    sent = [];
    closed = [];
    dialog.disableClose = false;
    TestBed.configureTestingModule({
      providers: [
        {
          provide: MAT_DIALOG_DATA,
          useValue: {
            scopes: ['read', 'write'],
            create: (body: CreateToken) => {
              sent.push(body);
              return Promise.resolve({ token: 'lxdm_s3cret', details });
            },
          },
        },
        { provide: MatDialogRef, useValue: dialog },
      ],
    });
  });

  async function submitted(name: string, networks = ''): Promise<HTMLElement> {
    const fixture = TestBed.createComponent(CreateTokenDialog);
    await fixture.whenStable();
    const element = fixture.nativeElement as HTMLElement;
    for (const [selector, value] of [
      ['input', name],
      ['textarea', networks],
    ] as const) {
      const field = element.querySelector<HTMLInputElement>(selector);
      if (!field) throw new Error(`There is no ${selector}.`);
      field.value = value;
      field.dispatchEvent(new Event('input'));
    }
    element.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
    await fixture.whenStable();
    return element;
  }

  it('shows it once, and cannot be closed by accident then', async () => {
    const element = await submitted(' backup ', '192.0.2.0/24');
    expect(sent[0]).toMatchObject({ name: 'backup', scope: 'read', networks: ['192.0.2.0/24'] });
    expect(Date.parse(sent[0]?.expiresAt ?? '') - Date.now()).toBeGreaterThan(89 * 86_400_000);
    expect(element.textContent).toContain('lxdm_s3cret');
    expect(element.textContent).toContain('curl -H');
    expect(dialog.disableClose).toBe(true);
    element.querySelector<HTMLButtonElement>('mat-dialog-actions button')?.click();
    expect(closed).toEqual([details]);
  });

  it.each([
    ['', ''],
    ['backup', '10.0.0.0/99'],
  ])('sends nothing for the name %j and the networks %j', async (name, networks) => {
    const element = await submitted(name, networks);
    expect(sent).toEqual([]);
    expect(element.querySelector('mat-error')?.textContent.trim()).not.toBe('');
  });
});
