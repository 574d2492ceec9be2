/** What a round trip to GitLab is for, when it is not simply to sign in. */
export type GitlabPurpose = 'sign-in' | 'link' | 'sudo';

/** A page of a GitLab, by its base URL, which may end with a slash. */
export function gitlabPage(issuer: string, path: string): string {
  return `${issuer.replace(/\/+$/, '')}/${path}`;
}

/** The address that begins the round trip; the server brings the browser back to `next`, a path of this console. */
export function gitlabUrl(begin: string, next: string, purpose: GitlabPurpose = 'sign-in'): string {
  const [path = '', query = ''] = begin.split('?');
  const params = new URLSearchParams(query);
  params.set('next', next);
  if (purpose !== 'sign-in') params.set(purpose, '1');
  return `${path}?${params}`;
}
