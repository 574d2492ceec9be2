import { refusals } from '../../test/zone-file-places';
import { readServableZoneFile } from './zone-file-reader';

describe('characters that are no zone file', () => {
  it.each([
    ['a A 192.0.2.1\0', '1:14 control-character'],
    ['a\0b A 192.0.2.1', '1:2 control-character'],
    ['\0', '1:1 control-character'],
    ['a TXT "\x07"', '1:8 control-character'],
    ['a TXT "x\x1b[31m"', '1:9 control-character'],
    ['a TXT "\x7f"', '1:8 control-character'],
    ['a TXT "\x80"', '1:8 control-character'],
    ['a A 192.0.2.1 ; \x00', '1:17 control-character'],
    ['a A 192.0.2.1 ; \x08', '1:17 control-character'],
    ['; \u202e turns around', '1:3 control-character'],
    ['a A 192.0.2.1 ; \u2066', '1:17 control-character'],
    ['a\rA 192.0.2.1', '1:2 control-character'],
    ['a A 192.0.2.1\r\r\n', '1:14 control-character'],
    ['a\vA 192.0.2.1', '1:2 control-character'],
    ['a\fA 192.0.2.1', '1:2 control-character'],
    ['ok A 192.0.2.1\nb\x01 A 192.0.2.2', '2:2 control-character'],
    ['é A 192.0.2.1', '1:1 non-ascii'],
    ['bücher A 192.0.2.1', '1:2 non-ascii'],
    ['a TXT "é"', '1:8 non-ascii'],
    ['a TXT é', '1:7 non-ascii'],
    ['a TXT \u201cquoted\u201d', '1:7 non-ascii'],
    ['a\u00a0A 192.0.2.1', '1:2 non-ascii'],
    ['a A\u200b 192.0.2.1', '1:4 non-ascii'],
    ['a CNAME \u{1f600}.example.', '1:9 non-ascii'],
    ['a A 192.0.2.\u0661', '1:13 non-ascii'],
    ['a TXT "\ud800"', '1:8 non-ascii'],
    ['a TXT "\ufffd"', '1:8 non-ascii'],
    ['a TXT x\u2028', '1:8 non-ascii'],
    ['a\ufeff A 192.0.2.1', '1:2 non-ascii'],
    ['a HTTPS 1 . key9="é"', '1:19 non-ascii'],
    ['(é', '1:2 non-ascii'],
  ])('%j', (text, place) => expect(refusals(text)).toEqual([place]));

  it.each([
    ['a TXT "é"', 'in a string \\195\\169'],
    ['a TXT \u201cx\u201d', 'the straight quotation mark'],
    ['a\u00a0A 192.0.2.1', 'cannot be seen'],
    ['a TXT "\x07"', '\\007'],
  ])('%j: says what to write', (text, hint) => {
    expect(readServableZoneFile(text, { origin: 'z' }).problems[0]?.message).toContain(hint);
  });
});

describe('characters that are taken', () => {
  it.each([
    'a A 192.0.2.1 ; schöne Grüße, “quotes” and \u{1f600}',
    '; é\na A 192.0.2.1',
    'a\tA\t192.0.2.1\t;\t\n',
    'a A 192.0.2.1\r\n\r\n',
    'a A (\r\n 192.0.2.1 ; é\r\n)\r\n',
    '\ufeffa A 192.0.2.1',
    'a TXT "tab\there"',
    '',
    '\n\n  \n\t\n;\n ; only\n',
  ])('%j', (text) => expect(refusals(text)).toEqual([]));
});
