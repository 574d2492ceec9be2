import { isOwnOrigin } from '../../http/origin-check';

/** What a browser tells of where a click came from. */
export interface NavigationSource {
  host: string | undefined;
  referer: string | undefined;
  secFetchSite: string | undefined;
  secure: boolean;
}

/**
 * Whether our own page, or its user by hand, opened the address. Another site could send an admin's browser to GitLab and back without
 * a click, so what changes a session that is there must not begin from elsewhere. Browsers that call us by plain HTTP tell no
 * Sec-Fetch-Site (Fetch Metadata §2): there the Referer must be ours.
 */
export function isOwnNavigation(source: NavigationSource): boolean {
  if (source.secFetchSite !== undefined) return ['same-origin', 'none'].includes(source.secFetchSite);
  if (source.referer === undefined || !URL.canParse(source.referer)) return false;
  const { origin } = new URL(source.referer);
  return isOwnOrigin({ method: 'POST', host: source.host, origin, secFetchSite: undefined, secure: source.secure });
}
