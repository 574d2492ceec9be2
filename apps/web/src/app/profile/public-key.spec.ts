import { FormControl } from '@angular/forms';
import { describe, expect, it } from 'vitest';
import { publicKey } from './public-key';

const body = 'AAAAC3NzaC1lZDI1NTE5AAAAIJ8xkq0bJv0r5Xc3lq1r3sZ1Yw2d6yE4n8f0G7b2K9pQ';
const fault = (text: string): string | undefined =>
  publicKey(new FormControl(text, { nonNullable: true }))?.['key'] as string | undefined;

describe('publicKey', () => {
  it.each([`ssh-ed25519 ${body} ada@laptop`, `ssh-rsa ${body}==`, ` ecdsa-sha2-nistp256 ${body}\n`, ''])(
    'takes %s',
    (text) => {
      expect(fault(text)).toBeUndefined();
    },
  );

  it('warns of a private key', () => {
    expect(fault('-----BEGIN OPENSSH PRIVATE KEY-----\nx')).toMatch(/private/);
  });

  it.each([`ssh-ed25519 ${body}\nssh-ed25519 ${body}`, 'ssh-ed25519', 'ssh-ed25519 AAAA', `ssh-dss ${body}`, body])(
    'refuses %s',
    (text) => {
      expect(fault(text)).toBeDefined();
    },
  );
});
