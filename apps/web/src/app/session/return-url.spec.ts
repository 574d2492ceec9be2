import { describe, expect, it } from 'vitest';
import { safeReturnUrl } from './return-url';

describe('safeReturnUrl', () => {
  it.each([
    [undefined, '/'],
    ['', '/'],
    ['/containers/1?x=y', '/containers/1?x=y'],
    ['//evil.example', '/'],
    ['/\\evil.example', '/'],
    ['https://evil.example', '/'],
    ['javascript:alert(1)', '/'],
    ['/sign-in?returnUrl=/x', '/'],
  ])('%s → %s', (url, expected) => {
    expect(safeReturnUrl(url)).toBe(expected);
  });
});
