import { FormControl } from '@angular/forms';
import { describe, expect, it } from 'vitest';
import { keySnippets } from './key-snippets';
import { readTypes, readWords, recordTypes, rightsText } from './tsig-rules';

describe('what a TSIG key opens', () => {
  it.each([
    [{ updateNames: [], updateTypes: [], mayTransfer: false }, ['Opens nothing yet']],
    [{ updateNames: ['a.z.'], updateTypes: [], mayTransfer: true }, ['Updates all types of a.z.', 'Transfers zones']],
    [{ updateNames: ['*.z.', 'b.z.'], updateTypes: ['TXT'], mayTransfer: false }, ['Updates TXT of *.z., b.z.']],
  ])('%j in words', (rights, texts) => expect(rightsText(rights)).toEqual(texts));

  it('reads what is typed', () => {
    expect(readWords(' a.z.\n*.b.z., c ')).toEqual(['a.z.', '*.b.z.', 'c']);
    expect(readTypes('txt aaaa')).toEqual(['TXT', 'AAAA']);
  });

  it.each([
    ['TXT, AAAA TYPE65280', null],
    ['TXT 1', '1 is no record type: write TXT or AAAA'],
  ])('%j is checked', (text, fault) => {
    const found = recordTypes(new FormControl(text, { nonNullable: true }));
    expect(found?.['types'] ?? null).toBe(fault);
  });
});

it('writes a key as each program reads it', () => {
  const texts = keySnippets({ name: 'acme.example.', algorithm: 'hmac-sha256' }, 'c2VjcmV0');
  expect(texts.find(({ id }) => id === 'nsupdate')?.text).toBe(
    'key "acme.example" {\n  algorithm hmac-sha256;\n  secret "c2VjcmV0";\n};',
  );
  expect(texts.find(({ id }) => id === 'knot')?.text).toContain('- id: acme.example\n');
  expect(texts.every(({ text }) => text.includes('c2VjcmV0'))).toBe(true);
});
