import { FormControl } from '@angular/forms';
import { describe, expect, it } from 'vitest';
import { addHostBody, cidrList, fingerprintText, hostForm, hostUrl } from './host-form';

const control = (text: string) => new FormControl(text, { nonNullable: true });
const print = 'ab'.repeat(32);

describe('host form', () => {
  it.each(['https://h.example.org:8443', 'https://[2001:db8::1]:8443', 'https://192.0.2.1/'])(
    '%s is an address',
    (url) => {
      expect(hostUrl(control(url))).toBeNull();
    },
  );

  it.each([
    'http://h.example.org:8443',
    'h.example.org',
    'https://',
    'https://h/1.0',
    'https://u:p@h',
    'https://h/?a=b',
  ])('%s is none', (url) => {
    expect(hostUrl(control(url))).not.toBeNull();
  });

  it.each([
    '',
    print,
    print.toUpperCase(),
    (print.match(/../g) ?? []).join(':'),
    `${print.slice(0, 32)} ${print.slice(32)}`,
  ])('takes a fingerprint as %s', (text) => {
    expect(fingerprintText(control(text))).toBeNull();
  });

  it.each([print.slice(1), `${print}0`, 'zz'.repeat(32)])('refuses %s as a fingerprint', (text) => {
    expect(fingerprintText(control(text))).not.toBeNull();
  });

  it.each(['', '192.0.2.0/24', '192.0.2.0/24, 2001:db8::/64', '192.0.2.0/24\n10.0.0.0/8'])(
    '%s are networks',
    (text) => {
      expect(cidrList(control(text))).toBeNull();
    },
  );

  it.each(['192.0.2.0', '192.0.2.0/33', '300.0.2.0/24', '2001:db8::/129', 'lan', '192.0.2.0/24/8'])(
    '%s is no network, and is named',
    (text) => {
      expect(cidrList(control(`10.0.0.0/8 ${text}`))?.['cidr']).toContain(text);
    },
  );

  it('sends one secret, plain fingerprints and no empty fields', () => {
    const form = hostForm();
    form.patchValue({ name: ' hydra ', url: 'https://h:8443/', secret: ' tok ', fingerprint: print.toUpperCase() });
    expect(addHostBody(form.getRawValue())).toEqual({
      name: 'hydra',
      url: 'https://h:8443',
      trustToken: 'tok',
      fingerprint: print,
      subnets: [],
    });
    form.patchValue({ trustBy: 'password', secret: ' pass word ', fingerprint: '', subnets: '10.0.0.0/8 fd00::/8' });
    expect(addHostBody(form.getRawValue())).toEqual({
      name: 'hydra',
      url: 'https://h:8443',
      trustPassword: ' pass word ',
      subnets: ['10.0.0.0/8', 'fd00::/8'],
    });
  });
});
