import { refusals } from '../../test/zone-file-places';
import { MAX_FIELDS, MAX_LINE } from './entry-lexer';
import { MAX_PROBLEMS } from './problem-log';
import { MAX_TEXT, readServableZoneFile, readZoneFile } from './zone-file-reader';
import { ZoneFileError } from './zone-file-problem';

const limit = MAX_LINE;

describe('texts without bounds', () => {
  it.each<[string, string, string[]]>([
    ['a line of 64 kB', 'x'.repeat(65_536), [`1:${limit} line-too-long`]],
    [
      'a comment of 64 kB',
      `a A 192.0.2.1\n;${'x'.repeat(65_535)}\nb A x`,
      [`2:${limit} line-too-long`, '3:5 bad-field'],
    ],
    ['a string of 64 kB', `a TXT "${'x'.repeat(64_000)}"\nb A x`, [`1:${limit} line-too-long`, '2:5 bad-field']],
    ['blanks of 64 kB', `a A 192.0.2.1${' '.repeat(65_000)}`, [`1:${limit} line-too-long`]],
    [
      'a line of 64 kB in parentheses',
      `a TXT (\n${'x'.repeat(65_536)}\nb A x`,
      [`2:${limit} line-too-long`, '3:5 bad-field'],
    ],
    ['a line without end, last', `a A 192.0.2.1\n${'('.repeat(40_000)}`, [`2:${limit} line-too-long`]],
    ['a line of the limit', `a A 192.0.2.1;${'x'.repeat(limit - 14)}`, [`1:${limit} line-too-long`]],
    ['a line one below it', `a A 192.0.2.1;${'x'.repeat(limit - 15)}`, []],
    ['a text of more than 1 MB', `; ${'x'.repeat(1_000)}\n`.repeat(1_100), ['1:1 text-too-long']],
    ['a text of more than 1 MB of UTF-8', `; ${'é'.repeat(1_000)}\n`.repeat(530), ['1:1 text-too-long']],
    [
      'more fields than a record has',
      `a TXT (${' x\n'.repeat(MAX_FIELDS)})\nb A x`,
      [`${MAX_FIELDS - 1}:2 too-many-fields`, `${MAX_FIELDS + 2}:5 bad-field`],
    ],
  ])('%s', (_, text, places) => expect(refusals(text)).toEqual(places));

  it('tells so many problems and no more', () => {
    const places = refusals('a A x\n'.repeat(10_000));
    expect(places).toHaveLength(MAX_PROBLEMS + 1);
    expect(places.at(-1)).toBe(`${MAX_PROBLEMS}:5 too-many-problems`);
  });

  it('reads a text of 1 MB', () => {
    const line = 'name0 A 192.0.2.1\n';
    const count = Math.floor(MAX_TEXT / (line.length + 4)) - 1;
    const text = Array.from({ length: count }, (_, index) => `name${index} A 192.0.2.1\n`).join('');
    expect(readZoneFile(text, { origin: 'z' }).rrsets.length).toBe(count);
  });

  it('reads more where the caller allows it', () => {
    const text = `${'; comment\n'.repeat(200_000)}a A 192.0.2.1`;
    expect(readZoneFile(text, { origin: 'z', maxOctets: 4_000_000 }).rrsets[0]?.places).toEqual([
      { line: 200_001, column: 1 },
    ]);
  });
});

it('throws all problems as one error that names their places', () => {
  const read = (): unknown => readZoneFile('a A x\nb AAAA y', { origin: 'z' });
  expect(read).toThrow(ZoneFileError);
  expect(read).toThrow(/^line 1, column 5: "x" is not the IPv4 address.*\nline 2, column 8: "y" is not/);
});

it('echoes no more than a part of what it refuses', () => {
  const { problems } = readServableZoneFile(`a A ${'x'.repeat(30_000)}\nb MX x"\nc ${'y'.repeat(9_000)} z`, {
    origin: 'z',
  });
  expect(problems).toHaveLength(3);
  for (const { message } of problems) expect(message.length).toBeLessThan(300);
});
