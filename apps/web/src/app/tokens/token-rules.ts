import type { AbstractControl, ValidationErrors } from '@angular/forms';
import type { Token } from '@lxdm/api-client';
import type { Look } from '../feedback/tone-chip';

export const scopeTexts: Record<Token['scope'], string> = {
  read: 'Read only',
  write: 'Read and write, without sudo',
  admin: 'As an administrator',
};

/** For how many days a new token may be good; 0 stands for ever. */
export const lifetimes = [
  { days: 7, label: '7 days' },
  { days: 30, label: '30 days' },
  { days: 90, label: '90 days' },
  { days: 365, label: 'One year' },
  { days: 0, label: 'Until it is revoked' },
];

export function expiryAfter(days: number, now: number): string | undefined {
  return days === 0 ? undefined : new Date(now + days * 86_400_000).toISOString();
}

/** Networks as they are typed: one a line, or with commas or spaces between. */
export function readNetworks(text: string): string[] {
  return text.split(/[\s,;]+/).filter((part) => part !== '');
}

/** Catches slips; the server has the last word. */
export function networks(control: AbstractControl<string>): ValidationErrors | null {
  const odd = readNetworks(control.value).find((part) => !isNetwork(part));
  return odd === undefined ? null : { networks: `${odd} is no network: write 10.1.0.0/16 or 2001:db8::/32` };
}

function isNetwork(text: string): boolean {
  const [address = '', length, ...more] = text.split('/');
  if (more.length > 0 || (length !== undefined && !/^\d{1,3}$/.test(length))) return false;
  if (address.includes(':')) return /^[0-9a-f:.]{2,45}$/i.test(address) && Number(length ?? 128) <= 128;
  const parts = address.split('.');
  const four = parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255);
  return four && Number(length ?? 32) <= 32;
}

/** Null while a token is good. */
export function tokenLook(token: Token, now: number): Look | null {
  if (token.expiresAt !== null && Date.parse(token.expiresAt) <= now)
    return { tone: 'idle', icon: 'clock', label: 'Expired' };
  return token.state === 'maker-gone' ? { tone: 'idle', icon: 'clock', label: 'Maker gone: refused' } : null;
}

/** A command that can be pasted into a shell. */
export function curlLine(origin: string, token: string): string {
  return `curl -H 'Authorization: Token ${token}' ${origin}/api/containers`;
}
