import { containerNameFault, nameKey } from './container-name';

it.each(['ab', 'web1', 'WEB1', 'a-b', 'a1-2b', 'x'.repeat(63), 'ns5', 'www1', 'wwww', 'ab-c--d'])(
  'takes "%s"',
  (name) => {
    expect(containerNameFault(name)).toBeUndefined();
  },
);

it.each([
  ['nothing', '', /at least 2/],
  ['one letter', 'a', /at least 2/],
  ['64 characters: no DNS label (RFC 1035 §2.3.4)', 'x'.repeat(64), /at most 63/],
  ['a digit first: LXD refuses it', '1web', /starts with a letter/],
  ['a hyphen first', '-web', /starts with a letter/],
  ['a hyphen last', 'web-', /ends with a letter or digit/],
  ['an underscore', 'my_web', /only letters/],
  ['a dot: two labels', 'web.db', /only letters/],
  ['a space', 'my web', /only letters/],
  ['a slash', '../etc', /only letters/],
  ['an encoded slash', 'a%2Fb', /only letters/],
  ['a line end at its end', 'web1\n', /only letters/],
  ['a NUL', 'web\0x', /only letters/],
  ['an umlaut', 'müller', /only letters/],
  ['the Kelvin sign, which lower-cases to k', 'wor\u212Aer', /only letters/],
  ['a Cyrillic look-alike', 'w\u0435b', /only letters/],
  ['only digits', '12345', /starts with a letter/],
  ['an internationalised name (RFC 5891 §4.2.3.1)', 'xn--mller-kva', /reserved for internationalised/],
  ['hyphens as third and fourth', 'ab--c', /reserved for internationalised/],
])('refuses %s', (_, name, message) => {
  expect(containerNameFault(name)).toEqual({ code: 'invalid', message: expect.stringMatching(message) });
});

it.each(['www', 'WWW', 'ns', 'ns1', 'Ns4', 'localhost', 'mail', 'wpad', 'isatap', 'example', 'hostmaster'])(
  'keeps "%s" for the zone',
  (name) => {
    expect(containerNameFault(name)?.code).toBe('name-reserved');
  },
);

it('keeps the name server that the zone has of its own, in any case', () => {
  expect(containerNameFault('Primary')).toBeUndefined();
  expect(containerNameFault('Primary', ['primary'])?.code).toBe('name-reserved');
});

describe('under a zone that is nearly as long as a DNS name may be', () => {
  const label = 'z'.repeat(63);
  // 191 octets with the dots between: 253 - 1 - 191 = 61 are left.
  const zone = `${label}.${label}.${label}`;

  it.each([zone, `${zone}.`])('a name that still fits is taken, and one octet more refused (%#)', (under) => {
    expect(containerNameFault('x'.repeat(61), [], under)).toBeUndefined();
    expect(containerNameFault('x'.repeat(62), [], under)).toEqual({
      code: 'invalid',
      message: `Under the zone ${under} a name has at most 61 characters: a DNS name has at most 253 in all.`,
    });
    expect(`${'x'.repeat(61)}.${zone}`).toHaveLength(253);
  });

  it('a zone that leaves room for every label changes nothing', () => {
    expect(containerNameFault('x'.repeat(63), [], 'ct.example.org.')).toBeUndefined();
    expect(containerNameFault('x'.repeat(64), [], 'ct.example.org.')?.message).toMatch(/at most 63/);
  });
});

it('compares names without regard to ASCII case, and only ASCII (RFC 4343 §3)', () => {
  expect(nameKey('WeB-1')).toBe('web-1');
  expect(nameKey('ÄÖ\u212A')).toBe('ÄÖ\u212A');
});
