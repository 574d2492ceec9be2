import { moment, printable, table } from './output';

it.each([
  ['plain text', 'web1', 'web1'],
  ['letters of the world', 'Zürich 東京', 'Zürich 東京'],
  ['an escape sequence', '\u001b[2Jgone', '\ufffd[2Jgone'],
  ['a line end', 'a\nb', 'a\ufffdb'],
  ['text that runs backwards', 'a\u202eb', 'a\ufffdb'],
  ['C1 controls', 'a\u009b31m', 'a\ufffd31m'],
])('shows %s safely', (_what, text, shown) => {
  expect(printable(text)).toBe(shown);
});

it('makes columns as wide as their widest cell and ends lines without blanks', () => {
  expect(
    table(
      ['NAME', 'STATE', 'WHY'],
      [
        ['a', 'Online', ''],
        ['a-long-name', 'Failed', 'because'],
      ],
    ),
  ).toBe('NAME         STATE   WHY\na            Online  -\na-long-name  Failed  because');
});

it('writes moments in UTC', () => {
  expect(moment(new Date('2026-01-02T03:04:05.678Z'))).toBe('2026-01-02 03:04:05Z');
  expect(moment(null)).toBe('');
});
