import { GitlabError, GitlabErrorKind } from '@lxdm/gitlab';
import { SignInFault, SignInFaultCode } from './sign-in-fault';

const CODES: Record<GitlabErrorKind, SignInFaultCode> = {
  unreachable: 'gitlab-unreachable',
  timeout: 'gitlab-unreachable',
  server: 'gitlab-unreachable',
  throttled: 'gitlab-unreachable',
  cancelled: 'gitlab-unreachable',
  garbage: 'gitlab-garbage',
  'not-found': 'gitlab-garbage',
  unauthorized: 'gitlab-refused',
  forbidden: 'gitlab-refused',
  'token-refused': 'code',
  'client-refused': 'gitlab-settings',
};

/** What an error of GitLab's means for a sign-in; whatever is not GitLab's stays as it is. */
export function faultOfGitlab(error: unknown): unknown {
  if (!(error instanceof GitlabError)) return error;
  const code = error.accountState === undefined ? CODES[error.kind] : 'blocked';
  return new SignInFault(code, error.message);
}
