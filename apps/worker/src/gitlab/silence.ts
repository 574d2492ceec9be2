import { isPassingDatabaseFault } from '@lxdm/entities';
import { isGitlabError } from '@lxdm/gitlab';

/** The longest pause between two looks at an account or a group that fail, in seconds. */
const LONGEST = 300;

/** How long to wait before the next look, in seconds: doubling, with jitter, and not before GitLab wants it. */
export function pauseSeconds(attempts: number, retryAfterMs = 0, random: number = Math.random()): number {
  const grown = Math.min(LONGEST, 5 * 2 ** Math.min(attempts, 10));
  return Math.max(grown * (0.5 + random / 2), retryAfterMs / 1000);
}

/** Whether an error means that the GitLab itself does not serve, and not only this account or group. */
export function isIssuerFault(error: unknown): boolean {
  return isGitlabError(error, 'unreachable', 'timeout', 'server', 'throttled', 'garbage');
}

/** Why nothing was learned, in words for the people concerned: everything stays as it is. */
export function silenceOf(error: unknown): string {
  const stays = 'Keys and access stay as they are.';
  if (isGitlabError(error)) return `GitLab could not be asked: ${sentence(error.message)} ${stays}`;
  if (isPassingDatabaseFault(error)) return `The manager's database did not answer in time. ${stays}`;
  return `A fault of the manager itself; the log of its worker tells more. ${stays}`;
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
