/** What a round trip to GitLab is for, when it is not simply to sign in. */
export type GitlabPurpose = 'sign-in' | 'link' | 'sudo';

/** The address that begins the round trip; the server brings the browser back to `next`, a path of this console. */
export function gitlabUrl(begin: string, next: string, purpose: GitlabPurpose = 'sign-in'): string {
  const [path = '', query = ''] = begin.split('?');
  const params = new URLSearchParams(query);
  params.set('next', next);
  if (purpose !== 'sign-in') params.set(purpose, '1');
  return `${path}?${params}`;
}
