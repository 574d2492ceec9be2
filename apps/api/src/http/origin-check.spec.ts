import { isOwnOrigin, RequestSource } from './origin-check';

const source = (changes: Partial<RequestSource>): RequestSource => ({
  method: 'POST',
  host: 'lxd.example.org',
  origin: undefined,
  secFetchSite: undefined,
  secure: false,
  ...changes,
});

it.each<[boolean, Partial<RequestSource>]>([
  [true, {}],
  [true, { origin: 'http://lxd.example.org' }],
  [true, { origin: 'https://lxd.example.org' }],
  [true, { origin: 'http://lxd.example.org:80' }],
  [true, { host: 'lxd.example.org:443', origin: 'https://lxd.example.org' }],
  [true, { host: 'LXD.example.org', origin: 'http://lxd.example.org' }],
  [true, { host: '[::1]:8080', origin: 'http://[::1]:8080' }],
  [true, { secFetchSite: 'same-origin', origin: 'http://lxd.example.org' }],
  [true, { secFetchSite: 'none' }],
  [true, { method: 'GET', origin: 'https://evil.example', secFetchSite: 'cross-site' }],
  [true, { secure: true, origin: 'https://lxd.example.org' }],
  [false, { secure: true, origin: 'http://lxd.example.org' }],
  [false, { origin: 'https://evil.example' }],
  [false, { origin: 'http://lxd.example.org.evil.example' }],
  [false, { origin: 'http://sub.lxd.example.org' }],
  [false, { origin: 'http://lxd.example.org:8080' }],
  [false, { origin: 'null' }],
  [false, { origin: '' }],
  [false, { origin: 'file://lxd.example.org' }],
  [false, { host: undefined, origin: 'http://lxd.example.org' }],
  [false, { secFetchSite: 'cross-site' }],
  [false, { secFetchSite: 'same-site' }],
  [false, { secFetchSite: 'same-origin,cross-site' }],
  [false, { secFetchSite: 'same-origin', origin: 'https://evil.example' }],
  [false, { method: 'DELETE', origin: 'https://evil.example' }],
  [false, { method: 'TRACE', origin: 'https://evil.example' }],
])('%s: %j', (own, changes) => expect(isOwnOrigin(source(changes))).toBe(own));
