/** What `?error=CODE` on the sign-in page means: a round trip to GitLab that did not end in a session. */
export function signInError(code: string): string {
  return (
    texts[code] ??
    `Signing in with GitLab did not work (${code}). Try again; if it happens again, tell an administrator this code.`
  );
}

const texts: Record<string, string> = {
  denied: 'GitLab says that you did not allow LXD Manager to use your account. Try again and choose “Authorize”.',
  blocked: 'Your account is blocked here. An administrator can tell why and unblock it.',
};
