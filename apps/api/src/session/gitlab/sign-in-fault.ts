/** Why a sign-in by GitLab did not end well, as the console is told. */
export type SignInFaultCode =
  | 'denied'
  | 'state'
  | 'expired'
  | 'code'
  | 'blocked'
  | 'no-session'
  | 'no-admin'
  | 'needs-sudo'
  | 'wrong-account'
  | 'account-taken'
  | 'has-another-account'
  | 'too-many'
  | 'gitlab-refused'
  | 'gitlab-unreachable'
  | 'gitlab-garbage'
  | 'gitlab-settings'
  | 'failed';

/** A sign-in that ended without what it was for; the message is for the log. */
export class SignInFault extends Error {
  constructor(
    readonly code: SignInFaultCode,
    message: string,
  ) {
    super(message);
    this.name = 'SignInFault';
  }
}
