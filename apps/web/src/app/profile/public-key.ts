import type { AbstractControl, ValidationErrors } from '@angular/forms';

const kinds =
  /^(ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(256|384|521)|sk-ssh-ed25519@openssh\.com|sk-ecdsa-sha2-nistp256@openssh\.com)$/;

/** Catches the two common slips, a private key and half a line, before anything leaves the browser. */
export function publicKey(control: AbstractControl<string>): ValidationErrors | null {
  const text = control.value.trim();
  if (text === '') return null;
  if (text.includes('PRIVATE KEY'))
    return { key: 'This is a private key: paste the .pub file, and keep this one to yourself' };
  if (text.includes('\n')) return { key: 'One key at a time, on one line' };
  const [kind = '', body = ''] = text.split(/\s+/);
  if (!kinds.test(kind) || !/^[A-Za-z0-9+/]{40,}={0,2}$/.test(body))
    return { key: 'A public key looks like: ssh-ed25519 AAAA… comment' };
  return null;
}
