/** One GitLab that people sign in with. */
export interface GitlabSite {
  /** Its own word in the setting, `gitlab` where it has none. */
  readonly name: string;
  /** What its routes and the names of its secrets have: empty for the first one, else its name. */
  readonly prefix: string;
  /** Its base URL with a slash at the end, as `Gitlab.issuer` is. */
  readonly issuer: string;
}

/**
 * Reads the setting GITLAB_URL: one address, or several as `name=address` with blanks between them. Throws a RangeError in plain words.
 */
export function gitlabSites(setting: string): GitlabSite[] {
  const sites = setting
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word, index, words): GitlabSite => {
      const [, name, address = ''] = /^(?:([^=:/]*)=)?(.*)$/.exec(word) ?? [];
      if (name === undefined && words.length > 1) throw new RangeError('of several GitLabs each needs a name=');
      if (name !== undefined && !/^[a-z][a-z0-9-]{0,30}$/.test(name))
        throw new RangeError('the name of a GitLab is made of small letters, digits and hyphens');
      return { name: name ?? 'gitlab', prefix: index === 0 ? '' : (name ?? ''), issuer: issuerOf(address) };
    });
  for (const key of ['name', 'issuer'] as const)
    if (new Set(sites.map((site) => site[key])).size < sites.length)
      throw new RangeError(`two GitLabs have the same ${key === 'name' ? 'name' : 'address'}`);
  return sites;
}

/** The base URL in the one form in which it is kept and compared: no query, a slash at the end. Throws a RangeError in plain words. */
export function issuerOf(address: string): string {
  if (!URL.canParse(address)) throw new RangeError('must be an address such as https://gitlab.example.org/');
  const url = new URL(address);
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw new RangeError('the address of a GitLab begins with https:// (or http://)');
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    throw new RangeError('the address of a GitLab holds no user, password, query or fragment');
  return `${url.origin}${url.pathname.replace(/\/*$/, '/')}`;
}
