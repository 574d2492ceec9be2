/**
 * The path to go to after a sign-in: one of our own pages, else the first. A browser takes `//host`, `/\host` and paths with control
 * characters in them for addresses of another site (WHATWG URL §4.4).
 */
export function ownPath(given: unknown): string {
  if (
    typeof given !== 'string' ||
    given.length > 2_000 ||
    !/^\/(?![/\\])[\x21-\x7e]*$/.test(given) ||
    given.includes('\\')
  )
    return '/';
  const base = 'http://ours.invalid';
  if (!URL.canParse(given, base)) return '/';
  const url = new URL(given, base);
  // What dots made of it is looked at, too: /./ /host, and the way back into a sign-in.
  if (url.origin !== base || url.pathname.startsWith('//') || /^\/(social-auth|api)(\/|$)/i.test(url.pathname))
    return '/';
  return `${url.pathname}${url.search}${url.hash}`;
}
