import { cacheControlOf, isApiPath } from './console';

it.each([
  ['/web/main-ABCD1234.js', true],
  ['/web/styles-5INURTSO.css', true],
  ['/web/media/inter-KLM34567.woff2', true],
  ['/web/index.html', false],
  ['/web/favicon.ico', false],
  ['/web/apple-touch-icon.png', false],
  ['/web/main.js', false],
])('%s is immutable: %s', (path, immutable) => expect(cacheControlOf(path).includes('immutable')).toBe(immutable));

it.each([
  ['/api', true],
  ['/api/x', true],
  ['/apis', false],
  ['/', false],
])('%s belongs to the API: %s', (path, api) => expect(isApiPath(path)).toBe(api));
