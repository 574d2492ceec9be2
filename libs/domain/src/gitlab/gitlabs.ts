/** A GitLab whose people may sign in. */
export interface GitlabSite {
  /** Which part of a path and of a secret's file name tells it from the others; empty for the first or only one. */
  prefix: string;
  /** The base URL, with a slash at its end; with a user's number it is an identity, so it must never be spelled otherwise. */
  issuer: string;
  /** What people are shown: the name it was given, else its host. */
  name: string;
}

const NAME = /^[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?$/;

/**
 * Reads `GITLAB_URL`: one base URL, or several as `name=URL`, with blanks or commas between them. The first has no prefix, whatever
 * its name; the others' names are their prefixes. Empty text is no GitLab at all.
 * @throws Error whose message goes behind the name of the setting and repeats nothing of its text but names
 */
export function parseGitlabs(text: string): GitlabSite[] {
  const sites: GitlabSite[] = [];
  for (const [index, entry] of text
    .split(/[\s,]+/)
    .filter((part) => part !== '')
    .entries()) {
    const { name, url } = split(entry, index);
    const issuer = issuerOf(url, index);
    if (sites.some((site) => site.issuer === issuer))
      throw new Error(`names the same GitLab twice (entry ${index + 1})`);
    if (name !== '' && sites.some((site) => site.name === name)) throw new Error(`uses the name "${name}" twice`);
    sites.push({ prefix: index === 0 ? '' : name, issuer, name: name || new URL(issuer).host });
  }
  return sites;
}

/** The name of the file that holds a secret of a GitLab: `gitlab_id` for the first, `gitlab_id_other` for the one named other. */
export function gitlabSecretFile(
  kind: 'gitlab_id' | 'gitlab_secret' | 'gitlab_token' | 'gitlab_hook',
  prefix: string,
): string {
  return prefix === '' ? kind : `${kind}_${prefix}`;
}

function split(entry: string, index: number): { name: string; url: string } {
  const at = entry.indexOf('=');
  if (at < 0 || entry.slice(0, at).includes('/')) {
    if (index > 0)
      throw new Error(`must give each GitLab after the first a name, as in other=https://… (entry ${index + 1})`);
    return { name: '', url: entry };
  }
  const name = entry.slice(0, at);
  if (!NAME.test(name))
    throw new Error(`must name GitLabs by lower-case letters, digits and hyphens (entry ${index + 1})`);
  return { name, url: entry.slice(at + 1) };
}

function issuerOf(text: string, index: number): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || (url.protocol !== 'https:' && url.protocol !== 'http:'))
    throw new Error(`must be a URL that begins with https:// or http:// (entry ${index + 1})`);
  if (url.username !== '' || url.password !== '') throw new Error(`must hold no user or password (entry ${index + 1})`);
  if (url.search !== '' || url.hash !== '')
    throw new Error(`must end with the path of GitLab, without ? or # (entry ${index + 1})`);
  return `${url.origin}${url.pathname.replace(/\/*$/, '')}/`;
}
