import { describe, expect, it } from 'vitest';
import { lineCount, offsetOf, wordEnd } from './text-place';

const text = 'www A 192.0.2.1\n\nmail A nonsense here\n';

describe('a place in a text', () => {
  it.each([
    [1, 1, 0],
    [1, 7, 6],
    [2, 1, 16],
    [3, 8, 24],
    [4, 1, 38],
    // Beyond a line or the text: the nearest that there is.
    [2, 40, 16],
    [1, 400, 15],
    [90, 1, 38],
    [1, 0, 0],
  ])('%i:%i is offset %i', (line, column, offset) => {
    expect(offsetOf(text, { line, column })).toBe(offset);
  });

  it('selects the word that is wrong', () => {
    const start = offsetOf(text, { line: 3, column: 8 });
    expect(text.slice(start, wordEnd(text, start))).toBe('nonsense');
    expect(wordEnd(text, text.length)).toBe(text.length);
  });

  it.each([
    ['', 1],
    ['a', 1],
    ['a\n', 2],
    ['\n\n', 3],
  ])('%j has %i lines', (lines, count) => expect(lineCount(lines)).toBe(count));
});
