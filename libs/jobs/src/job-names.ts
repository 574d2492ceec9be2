/**
 * Every job there is: its name is its queue and has exactly one handler. A payload carries an id, never a command, a secret or a
 * snapshot: a job means "make this right", so that a lost, repeated or late one does no harm.
 */
export interface JobPayloads {
  /** Look whether the SSH keys in a container are what is wanted. */
  'containers.deliver-keys': { id: string };
  'containers.reconcile': { id: string };
  /** The id of a row of gitlab_accounts. */
  'gitlab.sync-account': { id: string };
  /** The id of a project that is bound to a group. */
  'gitlab.sync-group': { id: string };
  'hosts.reconcile': { id: string };
  'hosts.sync': { id: string };
  'records.prune': Record<string, never>;
  /** Take out records of zones whose time is over. */
  'zones.expire': Record<string, never>;
  /** Look whether signed zones need signatures of a new period. */
  'zones.resign': Record<string, never>;
}

/** The name of a job and of its queue. */
export type JobName = keyof JobPayloads;

/** How many jobs of a kind one worker process runs at a time. */
export const CONCURRENCY: Record<JobName, number> = {
  'containers.deliver-keys': 16,
  'containers.reconcile': 16,
  'gitlab.sync-account': 16,
  'gitlab.sync-group': 16,
  'hosts.reconcile': 8,
  'hosts.sync': 16,
  'records.prune': 1,
  'zones.expire': 1,
  'zones.resign': 1,
};

/** Every queue. */
export const JOB_NAMES = Object.keys(CONCURRENCY) as JobName[];

/** One handler for each job; a missing one does not compile. */
export type JobHandlers = { [Name in JobName]: (payload: JobPayloads[Name]) => Promise<void> };
