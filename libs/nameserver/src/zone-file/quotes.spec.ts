import { refusals } from '../../test/zone-file-places';
import { readZoneFile } from './zone-file-reader';

describe('quotation marks and escapes that are refused', () => {
  it.each([
    ['a TXT "open', '1:7 unclosed-quote'],
    ['a TXT "', '1:7 unclosed-quote'],
    ['a TXT "open\nb A 192.0.2.1', '1:7 unclosed-quote'],
    ['a TXT "open\\"', '1:7 unclosed-quote'],
    ['a TXT "one" "two', '1:13 unclosed-quote'],
    ['a TXT ( "one\n"two" )', '1:9 unclosed-quote'],
    ['a TXT "one"two', '1:12 stray-quote'],
    ['a TXT one"two"', '1:10 stray-quote'],
    ['a TXT one"', '1:10 stray-quote'],
    ['a TXT v="x"', '1:7 stray-quote'],
    ['a"b A 192.0.2.1', '1:2 stray-quote'],
    ['"a" A 192.0.2.1', '1:1 bad-name'],
    ['a "A" 192.0.2.1', '1:3 missing-type'],
    ['a A "192.0.2.1"', '1:5 bad-field'],
    ['a AAAA "::1"', '1:8 bad-field'],
    ['a CNAME "b"', '1:9 bad-name'],
    ['a MX "10" b', '1:6 bad-field'],
    ['a MX 10 "b"', '1:9 bad-name'],
    ['a "60" A 192.0.2.1', '1:3 missing-type'],
    ['a TXT \\25', '1:7 bad-escape'],
    ['a TXT \\256', '1:7 bad-escape'],
    ['a TXT \\999', '1:7 bad-escape'],
    ['a TXT "\\1"', '1:8 bad-escape'],
    ['a TXT "\\12x"', '1:8 bad-escape'],
    ['a TXT "x\\', '1:9 bad-escape'],
    ['a TXT x\\\ny', '1:8 bad-escape'],
    ['a TXT \\\r\n', '1:7 bad-escape'],
    ['a\\ A 192.0.2.1\\', '1:15 bad-escape'],
    ['a\\3 A 192.0.2.1', '1:2 bad-escape'],
    ['a TXT \\é', '1:7 bad-escape'],
    ['a TXT "\\\x01"', '1:8 bad-escape'],
    ['a TXT v=DKIM1; k=rsa; p=abc', '1:14 comment-in-text'],
    ['a TXT "v=DKIM1" k=rsa;', '1:22 comment-in-text'],
    [`a TXT "${'x'.repeat(256)}"`, '1:263 string-too-long'],
    [`a TXT ${'x'.repeat(256)}`, '1:262 string-too-long'],
    [`a TXT "${'\\100'.repeat(256)}"`, '1:1028 string-too-long'],
    [`a TXT ok "${'x'.repeat(400)}"`, '1:266 string-too-long'],
    [`a TXT "${'x'.repeat(2_000)}"`, '1:263 string-too-long'],
    [`a NAPTR 1 1 "" "${'x'.repeat(256)}" "" .`, '1:272 string-too-long'],
    [`a CAA 0 issue "${'x'.repeat(4_097)}"`, '1:4112 string-too-long'],
  ])('%j', (text, place) => expect(refusals(text)[0]).toBe(place));
});

describe('strings', () => {
  it.each<[string, (string | Uint8Array)[]]>([
    ['"a b"', ['a b']],
    ['a b', ['a', 'b']],
    ['"a""b"', ['a', 'b']],
    ['""', ['']],
    ['"a;b(c)d"', ['a;b(c)d']],
    ['"a" ; comment', ['a']],
    ['a ; comment', ['a']],
    ['a\\;b', ['a;b']],
    ['a\\ b', ['a b']],
    ['\\"a\\"', ['"a"']],
    ['"\\"\\\\"', ['"\\']],
    ['"\\009\\010"', ['\t\n']],
    ['"\\195\\169"', [Uint8Array.of(0xc3, 0xa9)]],
    ['"\\000\\255"', [Uint8Array.of(0, 255)]],
    ['"@" $ "*"', ['@', '$', '*']],
    ['b \\#', ['b', '#']],
    ['"\\# 1 00"', ['# 1 00']],
    [`"${'x'.repeat(255)}" "${'x'.repeat(5)}"`, ['x'.repeat(255), 'x'.repeat(5)]],
    ['( "a"\n  "b" ) c', ['a', 'b', 'c']],
  ])('TXT %s', (text, strings) => {
    const [rrset] = readZoneFile(`a TXT ${text}`, { origin: 'z' }).rrsets;
    expect(rrset?.records.map((record) => Array.from(record as string[], octets))).toEqual([strings.map(octets)]);
  });
});

function octets(text: string | Uint8Array): string {
  return Buffer.from(text).toString('latin1');
}
