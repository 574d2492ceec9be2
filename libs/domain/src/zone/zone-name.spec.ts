import { absoluteName, fqdnOf } from './zone-name';

const label = 'x'.repeat(63);

it.each([
  ['ct.example.org', 'ct.example.org.'],
  ['ct.example.org.', 'ct.example.org.'],
  ['CT.Example.ORG', 'ct.example.org.'],
  ['internal', 'internal.'],
  ['1.example', '1.example.'],
  ['2.0.192.in-addr.arpa', '2.0.192.in-addr.arpa.'],
  [`${label}.${label}.${label}.${'y'.repeat(61)}`, `${label}.${label}.${label}.${'y'.repeat(61)}.`],
])('reads %s', (text, name) => {
  expect(absoluteName(text)).toBe(name);
});

it.each([
  ['nothing', ''],
  ['the root', '.'],
  ['two final dots', 'example.org..'],
  ['a dot first', '.example.org'],
  ['an empty label', 'ct..example.org'],
  ['a label of 64', `${label}x.org`],
  ['254 octets', `${label}.${label}.${label}.${'y'.repeat(62)}`],
  ['a hyphen first', '-ct.example.org'],
  ['a hyphen last', 'ct-.example.org'],
  ['a space', 'ct .example.org'],
  ['a line end', 'example.org\n'],
  ['a backslash', 'ct\\.example.org'],
  ['an umlaut', 'müller.example'],
  ['the Kelvin sign, which lower-cases to k', '\u212A.example'],
  ['an IPv4 address', '192.0.2.1'],
  ['a number', '53'],
  ['an IPv6 address', '2001:db8::1'],
])('refuses %s', (_, text) => {
  expect(absoluteName(text)).toBeUndefined();
});

it.each([
  ['web1', 'ct.example.org.', 'web1.ct.example.org'],
  ['Web1', 'ct.example.org', 'web1.ct.example.org'],
])('%s in %s is %s', (name, zone, fqdn) => {
  expect(fqdnOf(name, zone)).toBe(fqdn);
});
