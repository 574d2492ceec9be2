/** The base URL with a slash at its end, as the setting GITLAB_URL is read; a RangeError that repeats nothing of it when it is none. */
export function issuerOf(address: string): string {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || (url.protocol !== 'https:' && url.protocol !== 'http:'))
    throw new RangeError('the address of a GitLab is a URL that begins with https:// or http://');
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    throw new RangeError('the address of a GitLab holds no user, password, query or fragment');
  return `${url.origin}${url.pathname.replace(/\/*$/, '')}/`;
}
