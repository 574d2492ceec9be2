import { isKnownHost } from './host-check';

it.each([
  ['localhost', true],
  ['LOCALHOST:8080', true],
  ['console.localhost', true],
  ['127.0.0.1:8080', true],
  ['[::1]', true],
  ['[2001:db8::7]:443', true],
  ['bind.example.org', true],
  ['evil.example', false],
  ['localhost.evil.example', false],
  ['', false],
  [undefined, false],
  ['localhost:x', false],
  ['localhost/evil', false],
  ['user@localhost', false],
  ['[::1', false],
  ['::1', false],
])('%s: %s', (header, known) => expect(isKnownHost(header, { listed: [], bind: 'bind.example.org' })).toBe(known));

it.each([
  ['lxd.example.org', true],
  ['lxd.example.org:443', true],
  ['localhost', true],
  ['198.51.100.7', false],
  ['other.example.org', false],
])('with a list, %s: %s', (header, known) =>
  expect(isKnownHost(header, { listed: ['lxd.example.org'], bind: '0.0.0.0' })).toBe(known),
);
