import { FormControl, FormGroup, Validators, type AbstractControl, type ValidationErrors } from '@angular/forms';
import type { AddHost } from '@lxdm/api-client';
import { textControl } from '../feedback/text-control';

export type TrustBy = 'password' | 'token';

/** An https address with nothing behind the port: the client adds the paths itself. */
export function hostUrl(control: AbstractControl<string>): ValidationErrors | null {
  const text = control.value.trim();
  if (text === '') return null;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || url.protocol !== 'https:') return { url: 'An address like https://host.example.org:8443' };
  if (url.pathname !== '/' || url.search !== '' || url.username !== '') return { url: 'Only the host and the port' };
  return null;
}

export function fingerprintText(control: AbstractControl<string>): ValidationErrors | null {
  const text = plainFingerprint(control.value);
  return text === '' || /^[0-9a-f]{64}$/.test(text) ? null : { fingerprint: 'A SHA-256 has 64 hexadecimal digits' };
}

export function cidrList(control: AbstractControl<string>): ValidationErrors | null {
  const wrong = splitList(control.value).find((part) => !isCidr(part));
  return wrong === undefined ? null : { cidr: `${wrong} is no network: write 192.0.2.0/24 or 2001:db8::/64` };
}

/** Shape only; the server has the last word. */
function isCidr(text: string): boolean {
  const [address = '', prefix = '', ...rest] = text.split('/');
  if (rest.length > 0 || !/^\d{1,3}$/.test(prefix)) return false;
  if (address.includes(':')) return /^[0-9a-f:.]+$/i.test(address) && Number(prefix) <= 128;
  const parts = address.split('.');
  return (
    parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255) && Number(prefix) <= 32
  );
}

export function splitList(text: string): string[] {
  return text.split(/[\s,;]+/).filter((part) => part !== '');
}

function plainFingerprint(text: string): string {
  return text.replace(/[\s:]/g, '').toLowerCase();
}

export type HostForm = ReturnType<typeof hostForm>;

export function hostForm() {
  return new FormGroup({
    name: textControl(Validators.required, Validators.maxLength(63)),
    url: textControl(Validators.required, hostUrl),
    trustBy: new FormControl<TrustBy>('token', { nonNullable: true }),
    secret: textControl(Validators.required),
    fingerprint: textControl(fingerprintText),
    subnets: textControl(cidrList),
    monitoringUrl: textControl(),
  });
}

export function addHostBody(value: ReturnType<HostForm['getRawValue']>): AddHost {
  const fingerprint = plainFingerprint(value.fingerprint);
  const monitoringUrl = value.monitoringUrl.trim();
  return {
    name: value.name.trim(),
    url: value.url.trim().replace(/\/$/, ''),
    subnets: splitList(value.subnets),
    ...(value.trustBy === 'token' ? { trustToken: value.secret.trim() } : { trustPassword: value.secret }),
    ...(fingerprint === '' ? {} : { fingerprint }),
    ...(monitoringUrl === '' ? {} : { monitoringUrl }),
  };
}
