import { storable } from './storable';

describe('storable', () => {
  it.each([
    ['plain words', 'plain words'],
    ['\u0000nul', '\uFFFDnul'],
    ['half \ud800 a pair', 'half \uFFFD a pair'],
    ['a whole pair \u{1F600}', 'a whole pair \u{1F600}'],
  ])('turns %j into %j', (text, expected) => {
    expect(storable(text)).toBe(expected);
  });
});
