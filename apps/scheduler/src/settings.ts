import { readSettings, setting, SettingsOf } from '@lxdm/runtime';

const spec = {
  databaseUrl: setting.url('DATABASE_URL', ['postgres:', 'postgresql:']),
  redisUrl: setting.url('REDIS_URL', ['redis:', 'rediss:']),
  /** How old the picture of somebody who is signed in with GitLab may be; the worker reads it too. */
  gitlabSyncSeconds: setting.number('GITLAB_SYNC_SECONDS', { min: 1, max: 3_600, fallback: 30 }),
  healthHost: setting.text('LXDM_METRICS_HOST', '127.0.0.1'),
  healthPort: setting.port('LXDM_METRICS_PORT', 9103),
};

/** What the scheduler is told by its environment. */
export type SchedulerSettings = SettingsOf<typeof spec>;

/** The token under which the settings are injected. */
export const SETTINGS = Symbol('scheduler settings');

export const readSchedulerSettings = (): SchedulerSettings => readSettings(spec);
