import { GITLAB_LEASE_SECONDS } from '@lxdm/entities';
import { GitlabError, isGitlabError } from '@lxdm/gitlab';
import type { LookSignals } from './account-reader';

/** How long reading may take, in milliseconds: a renewal of tokens (12 s) that begins at its very end still falls into the lease. */
const READING_MS = (GITLAB_LEASE_SECONDS - 15) * 1000;

/** The signals of one look at GitLab, and what its errors mean. */
export function look(ending: AbortSignal): LookSignals & { faultOf: (error: unknown) => unknown } {
  const slow = AbortSignal.timeout(READING_MS);
  return {
    reading: AbortSignal.any([slow, ending]),
    renewing: AbortSignal.timeout(GITLAB_LEASE_SECONDS * 1000),
    faultOf: (error) =>
      isGitlabError(error, 'cancelled') && !ending.aborted
        ? new GitlabError('timeout', 'GitLab took too long to answer everything')
        : error,
  };
}
