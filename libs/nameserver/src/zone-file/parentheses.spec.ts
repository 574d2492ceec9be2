import { refusals } from '../../test/zone-file-places';
import { readZoneFile } from './zone-file-reader';

describe('parentheses that are refused', () => {
  it.each([
    ['a A ( 192.0.2.1', ['1:5 unclosed-parenthesis']],
    ['(', ['1:1 unclosed-parenthesis']],
    ['a A ( 192.0.2.1\nb A 192.0.2.2\n; the end', ['1:5 unclosed-parenthesis']],
    ['a A 192.0.2.1 )', ['1:15 stray-parenthesis']],
    [')', ['1:1 stray-parenthesis']],
    [')\nb A x', ['1:1 stray-parenthesis', '2:5 bad-field']],
    ['a A 192.0.2.1 )\nb A 192.0.2.2 )', ['1:15 stray-parenthesis', '2:15 stray-parenthesis']],
    ['a A (( 192.0.2.1 ))', ['1:6 nested-parenthesis']],
    ['a A ( 192.0.2.1\nb A ( 192.0.2.2 )\nc A x', ['2:5 nested-parenthesis', '3:5 bad-field']],
    ['a A () ()', ['1:4 missing-field']],
    ['a A\n( 192.0.2.1 )', ['1:4 missing-field', '2:12 missing-type']],
    ['a A ( ; )\n', ['1:5 unclosed-parenthesis']],
    ['a TXT "(" )', ['1:11 stray-parenthesis']],
    ['a TXT ( ")"', ['1:7 unclosed-parenthesis']],
    ['a TXT \\( )', ['1:10 stray-parenthesis']],
    ['@ SOA ns h (1 2 3 4\n@ NS ns\n', ['1:12 unclosed-parenthesis']],
  ])('%j', (text, places) => expect(refusals(text)).toEqual(places));
});

describe('parentheses that are taken', () => {
  it.each([
    'a A (192.0.2.1)',
    'a A ( ; comment (\n\n192.0.2.1 ; )\n\n)',
    'a (A\n192.0.2.1)',
    '(a A 192.0.2.1)',
    '(\na\nA\n192.0.2.1\n)',
    'a A () 192.0.2.1',
    'a (60) (IN) A (192.0.2.1)',
  ])('%j', (text) => {
    expect(readZoneFile(`${text}\n`, { origin: 'z' }).rrsets).toMatchObject([{ name: 'a.z.', records: ['192.0.2.1'] }]);
  });

  it('end the record and not the line', () => {
    expect(readZoneFile('a TXT (x\n) y\n  TXT z', { origin: 'z' }).rrsets).toMatchObject([
      { records: [['x', 'y'], ['z']], places: [{ line: 1 }, { line: 3 }] },
    ]);
  });
});
