import { describe, expect, it } from 'vitest';
import { nameFault } from './container-name';

describe('nameFault', () => {
  it.each(['ab', 'web1', 'Web-1', 'a--b', 'a'.repeat(63)])('%s is fine', (name) => {
    expect(nameFault(name)).toBeNull();
  });

  it.each([
    ['a', /two/],
    ['1web', /letter/],
    ['-web', /letter/],
    ['web-', /End/],
    ['web_1', /Only/],
    ['web 1', /Only/],
    ['wéb', /Only/],
    ['web.ct', /Only/],
    ['a'.repeat(64), /63/],
  ])('%s is refused with its reason', (name, reason) => {
    expect(nameFault(name)).toMatch(reason);
  });

  it('says nothing of an empty field: that it is required is said elsewhere', () => {
    expect(nameFault('')).toBeNull();
  });
});
