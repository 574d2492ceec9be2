/** What `?error=CODE` means: a round trip to GitLab, to sign in, to link an account or for sudo, that did not end well. */
export function signInError(code: string): string {
  return (
    texts[code] ??
    `The sign-in with GitLab did not work (${code}). Try again; if it happens again, tell an administrator this code.`
  );
}

const texts: Record<string, string> = {
  denied: 'You did not allow LXD Manager to use your GitLab account. Try again and choose “Authorize”.',
  state: 'This sign-in was begun elsewhere, or was already used. Begin again here.',
  expired: 'The sign-in took too long. Begin again.',
  code: 'GitLab did not accept its own answer any more. Begin again.',
  blocked: 'Your account is blocked, here or in GitLab. An administrator can tell why.',
  'no-session': 'Your session had ended meanwhile. Sign in, then try again.',
  'no-admin': 'Only administrators can turn sudo on.',
  'needs-sudo': 'As an administrator you link a GitLab account under sudo. Turn it on, then try again.',
  'wrong-account':
    'In GitLab you are signed in with another account than the one that is linked here. Switch there, then try again.',
  'account-taken': 'That GitLab account belongs to another user here. Sign in with it, or ask an administrator.',
  'has-another-account':
    'Your account here is linked to another GitLab account. Unlink that one first, in your profile.',
  'too-many': 'Too many attempts failed. Wait ten minutes, then try again.',
  'gitlab-refused':
    'GitLab refused the sign-in. If it happens again, an administrator has to look at the application in GitLab.',
  'gitlab-unreachable': 'GitLab does not answer. Try again in a while, or sign in with your password if you have one.',
  'gitlab-garbage': 'GitLab gave an answer that makes no sense. Try again; if it happens again, tell an administrator.',
  'gitlab-settings':
    'GitLab does not know this LXD Manager: its application id or secret is wrong. An administrator has to correct it.',
  'not-ready': 'LXD Manager cannot reach its database at the moment. Try again in a minute.',
  failed:
    'Something failed here, not at your end. Try again; if it happens again, tell an administrator the request below.',
};
