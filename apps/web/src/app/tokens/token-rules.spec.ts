import { FormControl } from '@angular/forms';
import { describe, expect, it } from 'vitest';
import type { Token } from '@lxdm/api-client';
import { curlLine, expiryAfter, networks, readNetworks, tokenLook } from './token-rules';

describe('networks', () => {
  it.each([
    ['', []],
    ['10.0.0.0/8, 2001:db8::/32', ['10.0.0.0/8', '2001:db8::/32']],
    ['192.0.2.7\n198.51.100.0/24 ', ['192.0.2.7', '198.51.100.0/24']],
  ])('reads %j', (text, expected) => {
    expect(readNetworks(text)).toEqual(expected);
    expect(networks(new FormControl(text, { nonNullable: true }))).toBeNull();
  });

  it.each(['10.0.0.0/33', '10.0.0', '300.1.1.1', 'example.org', '2001:db8::/129', '10.0.0.0/8/8', '10.0.0.0/x'])(
    'refuses %s',
    (text) => {
      const fault = networks(new FormControl(`10.0.0.0/8 ${text}`, { nonNullable: true }));
      expect(fault?.['networks']).toContain(text);
    },
  );
});

it.each([
  [30, '2026-01-31T00:00:00.000Z'],
  [0, undefined],
])('%i days end at %s', (days, end) => expect(expiryAfter(days, Date.parse('2026-01-01T00:00:00Z'))).toBe(end));

it('gives a line that a shell takes as it is', () => {
  expect(curlLine('https://lxdm.example', 'abc')).toBe(
    "curl -H 'Authorization: Token abc' https://lxdm.example/api/containers",
  );
});

it.each<[Partial<Token>, string | undefined]>([
  [{}, undefined],
  [{ expiresAt: '2026-01-02T00:00:00Z' }, undefined],
  [{ expiresAt: '2025-12-31T00:00:00Z' }, 'Expired'],
  [{ state: 'maker-gone' }, 'Maker gone: refused'],
])('a token with %j is shown as %s', (changes, label) => {
  const token = { expiresAt: null, state: 'active', ...changes } as Token;
  expect(tokenLook(token, Date.parse('2026-01-01T00:00:00Z'))?.label).toBe(label);
});
