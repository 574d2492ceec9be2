import { isOwnNavigation } from './own-navigation';

const source = { host: 'lxd.example:8080', referer: undefined, secFetchSite: undefined, secure: false };

it.each([
  [{ secFetchSite: 'same-origin' }, true],
  [{ secFetchSite: 'none' }, true],
  [{ secFetchSite: 'same-site' }, false],
  [{ secFetchSite: 'cross-site' }, false],
  // What the browser says of itself is believed before what a page could leave out.
  [{ secFetchSite: 'cross-site', referer: 'http://lxd.example:8080/' }, false],
  [{ referer: 'http://lxd.example:8080/profile' }, true],
  [{ referer: 'http://lxd.example/' }, false],
  [{ referer: 'http://lxd.example:8080/', secure: true }, false],
  [{ referer: 'https://lxd.example:8080/', secure: true }, true],
  [{ referer: 'http://lxd.example:8080@evil.example/' }, false],
  [{ referer: 'about:blank' }, false],
  [{ referer: '' }, false],
  [{}, false],
])('%j: %s', (given, own) => expect(isOwnNavigation({ ...source, ...given })).toBe(own));
