import { describe, expect, it } from 'vitest';
import { timeLeft } from './time-left';

describe('timeLeft', () => {
  it.each([
    [900_000, '15:00'],
    [899_001, '15:00'],
    [61_000, '1:01'],
    [59_500, '1:00'],
    [9_000, '0:09'],
    [1, '0:01'],
    [0, '0:00'],
    [-5_000, '0:00'],
  ])('%i ms is %s', (left, text) => expect(timeLeft(left)).toBe(text));
});
