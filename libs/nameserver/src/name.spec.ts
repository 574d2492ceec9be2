import { isWithinKey, Name, nameKey } from './name';
import { NameError } from './name-error';

const long = 'a'.repeat(63);

describe('names in presentation form', () => {
  it.each([
    ['.', '00', '.'],
    ['a', '016100', 'a.'],
    ['a.', '016100', 'a.'],
    ['A.b', '0141016200', 'A.b.'],
    ['a\\.b', '03612e6200', 'a\\.b.'],
    ['\\046', '012e00', '\\..'],
    ['\\255\\000', '02ff0000', '\\255\\000.'],
    ['\\\\', '015c00', '\\092.'],
    ['\\@', '014000', '\\@.'],
    ['a\\ b', '0361206200', 'a\\032b.'],
    ['_acme-challenge.x', '0f5f61636d652d6368616c6c656e6765017800', '_acme-challenge.x.'],
    ['*.x', '012a017800', '*.x.'],
  ])('%s is %s on the wire and %s again', (text, wire, formatted) => {
    const name = Name.parse(text);
    expect(name.wire.toString('hex')).toBe(wire);
    expect(name.toString()).toBe(formatted);
    expect(Name.parse(name.toString()).wire).toEqual(name.wire);
  });

  it.each([
    ['', 'empty-name'],
    ['..', 'empty-label'],
    ['.a', 'empty-label'],
    ['a..b', 'empty-label'],
    ['a'.repeat(64), 'label-too-long'],
    [`${long}.${long}.${long}.${'a'.repeat(62)}`, 'name-too-long'],
    ['a\\', 'bad-escape'],
    ['a\\25', 'bad-escape'],
    ['a\\256', 'bad-escape'],
    ['a\\é', 'bad-escape'],
    ['a b', 'bad-character'],
    ['a\n', 'bad-character'],
    ['é', 'bad-character'],
    ['\u0100', 'bad-character'],
  ])('%j is refused as %s', (text, code) => {
    expect(() => Name.parse(text)).toThrow(expect.objectContaining({ name: 'NameError', code }) as NameError);
  });

  it('takes a name of exactly 255 octets and a label of exactly 63', () => {
    expect(Name.parse(`${long}.${long}.${long}.${'a'.repeat(61)}`).wire).toHaveLength(255);
  });

  it.each([
    ['@', 'z.'],
    ['a', 'a.z.'],
    ['a.', 'a.'],
    ['a\\.', 'a\\..z.'],
  ])('%s relative to z. is %s', (text, expected) => {
    expect(Name.parse(text, Name.parse('z')).toString()).toBe(expected);
  });

  it('gives every octet back after formatting and parsing', () => {
    const octets = Uint8Array.from({ length: 256 }, (_, octet) => octet);
    for (let at = 0; at < 256; at += 32) {
      const name = Name.fromLabels([octets.subarray(at, at + 32)]);
      expect(Name.parse(name.toString()).wire).toEqual(name.wire);
    }
  });
});

describe('names compared', () => {
  it('folds A-Z and nothing else (RFC 4343)', () => {
    expect(Name.parse('WWW.Example').equals(Name.parse('www.eXample'))).toBe(true);
    // É and é in Latin-1 differ by the same bit as E and e.
    expect(Name.parse('\\201').equals(Name.parse('\\233'))).toBe(false);
    expect(Name.parse('\\064').equals(Name.parse('\\096'))).toBe(false);
    expect(Name.parse('\\091').equals(Name.parse('\\123'))).toBe(false);
  });

  it.each([
    ['a.example', 'example', true],
    ['example', 'example', true],
    ['A.EXAMPLE', 'example', true],
    ['example', 'a.example', false],
    ['xexample', 'example', false],
    ['a', '.', true],
    // A label whose last octets spell the wire form of the ancestor.
    ['xx\\007example', 'example', false],
  ])('%s within %s is %s', (name, ancestor, expected) => {
    expect(Name.parse(name).isWithin(Name.parse(ancestor))).toBe(expected);
    expect(isWithinKey(Name.parse(name).key, Name.parse(ancestor).key)).toBe(expected);
  });

  it('knows wildcards, parents and keys', () => {
    expect(Name.parse('*.a').isWildcard()).toBe(true);
    expect(Name.parse('*a.b').isWildcard()).toBe(false);
    expect(Name.parse('a.*').isWildcard()).toBe(false);
    expect(Name.parse('a.b').parent().toString()).toBe('b.');
    expect(Name.ROOT.parent()).toBe(Name.ROOT);
    expect(nameKey(Buffer.from('\x02Ab\x00', 'latin1'), 0, 4)).toBe('\x02ab\x00');
  });
});
