import { describe, expect, it } from 'vitest';
import { ageText, durationText, exactTime, untilText } from './age-text';
import { BytesPipe } from './bytes-pipe';
import { FingerprintPipe } from './fingerprint-pipe';

const now = Date.parse('2026-06-15T12:00:00Z');
const before = (seconds: number): string => new Date(now - seconds * 1000).toISOString();

describe('ageText', () => {
  it.each([
    [-3600, 'just now'],
    [0, 'just now'],
    [44, 'just now'],
    [46, '1 min ago'],
    [119, '2 min ago'],
    [3599, '60 min ago'],
    [3601, '1 h ago'],
    [86_399, '24 h ago'],
    [86_401, 'yesterday'],
    [3 * 86_400, '3 days ago'],
    [60 * 86_400, '16 Apr 2026'],
  ])('%i s is %s', (seconds, expected) => {
    expect(ageText(before(seconds), now)).toBe(expected);
  });

  it('does not invent a time', () => {
    expect(ageText('never', now)).toBe('unknown');
    expect(exactTime('never')).toBe('');
  });
});

describe('untilText', () => {
  it.each([
    [-5, 'now'],
    [20, 'less than a minute'],
    [120, 'in 2 min'],
    [7200, 'in 2 h'],
    [3 * 86_400, 'in 3 days'],
  ])('%i s from now is %s', (seconds, expected) => expect(untilText(before(-seconds), now)).toBe(expected));
});

describe('durationText', () => {
  it.each([
    [0.4, '400 ms'],
    [3.24, '3.2 s'],
    [75, '1 min 15 s'],
    [-1, ''],
  ])('%f s is "%s"', (seconds, expected) => {
    expect(durationText(before(seconds), before(0))).toBe(expected);
  });
});

describe('bytes', () => {
  it.each([
    [0, '0 B'],
    [1023, '1023 B'],
    [1536, '1.5 KiB'],
    [41 * 2 ** 30, '41 GiB'],
    [118.4 * 2 ** 30, '118 GiB'],
    [5000 * 2 ** 40, '5000 TiB'],
    [null, '–'],
    [undefined, '–'],
    [Number.NaN, '–'],
  ])('%s is %s', (value, expected) => {
    expect(new BytesPipe().transform(value)).toBe(expected);
  });
});

describe('fingerprint', () => {
  it('is read in sixteen groups of four', () => {
    const groups = new FingerprintPipe().transform('AB'.repeat(32)).split(' ');
    expect(groups).toHaveLength(16);
    expect(groups.every((group) => group === 'abab')).toBe(true);
  });

  it.each([
    ['SHA256:xyz', 'SHA256:xyz'],
    [null, ''],
  ])('leaves %s alone', (value, expected) => {
    expect(new FingerprintPipe().transform(value)).toBe(expected);
  });
});
