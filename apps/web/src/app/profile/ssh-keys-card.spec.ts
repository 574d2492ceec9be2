import { TestBed } from '@angular/core/testing';
import { ProfileService, type SshKey } from '@lxdm/api-client';
import { provideRouter } from '@angular/router';
import { HttpErrorResponse } from '@angular/common/http';
import { beforeEach, describe, expect, it } from 'vitest';
import { SessionStore } from '../session/session.store';
import { SshKeysCard } from './ssh-keys-card';

const line = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ8xkq0bJv0r5Xc3lq1r3sZ1Yw2d6yE4n8f0G7b2K9pQ ada@laptop';

class FakeApi {
  sent: string[] = [];
  refusal: HttpErrorResponse | null = null;
  listSshKeys(): Promise<SshKey[]> {
    return Promise.resolve([]);
  }
  addSshKey({ body }: { body: { publicKey: string } }): Promise<SshKey> {
    if (this.refusal) return Promise.reject(this.refusal);
    this.sent.push(body.publicKey);
    const { publicKey } = body;
    const createdAt = '2026-01-01T00:00:00Z';
    const key = { id: 'k', type: 'ssh-ed25519', comment: 'ada', fingerprint: 'f', publicKey, createdAt };
    return Promise.resolve({ ...key, source: 'profile', expiresAt: null });
  }
}

describe('adding an SSH key', () => {
  let api: FakeApi;
  beforeEach(() => {
    api = new FakeApi();
    TestBed.configureTestingModule({
      providers: [
        provideRouter([]),
        { provide: ProfileService, useValue: api },
        { provide: SessionStore, useValue: { user: () => null, canSudo: () => false, isAdmin: () => false } },
      ],
    });
  });

  async function submitted(text: string): Promise<HTMLElement> {
    const fixture = TestBed.createComponent(SshKeysCard);
    await fixture.whenStable();
    const element = fixture.nativeElement as HTMLElement;
    const field = element.querySelector('textarea');
    if (!field) throw new Error('There is no field.');
    field.value = text;
    field.dispatchEvent(new Event('input'));
    element.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
    await fixture.whenStable();
    return element;
  }
  const error = (element: HTMLElement): string => element.querySelector('mat-error')?.textContent.trim() ?? '';

  it('shows the key, empties the field and complains of nothing', async () => {
    const element = await submitted(`  ${line}\n`);
    expect(api.sent).toEqual([line]);
    expect(element.querySelectorAll('li.key')).toHaveLength(1);
    expect(element.querySelector('textarea')?.value).toBe('');
    expect(error(element)).toBe('');
  });

  it('never sends a private key', async () => {
    const element = await submitted('-----BEGIN OPENSSH PRIVATE KEY-----');
    expect(api.sent).toEqual([]);
    expect(error(element)).toContain('private key');
  });

  it('shows the refusal at the field and keeps what was typed', async () => {
    const detail = 'You have this key already.';
    api.refusal = new HttpErrorResponse({ status: 409, error: { code: 'key-exists', title: 'Conflict', detail } });
    const element = await submitted(line);
    expect(error(element)).toBe(detail);
    expect(element.querySelector('textarea')?.value).toBe(line);
  });
});
