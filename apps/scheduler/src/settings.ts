import { readSettings, setting, SettingsOf } from '@lxdm/runtime';

const spec = {
  databaseUrl: setting.url('DATABASE_URL', ['postgres:', 'postgresql:']),
  redisUrl: setting.url('REDIS_URL', ['redis:', 'rediss:']),
  healthHost: setting.text('LXDM_METRICS_HOST', '127.0.0.1'),
  healthPort: setting.port('LXDM_METRICS_PORT', 9103),
};

/** What the scheduler is told by its environment. */
export type SchedulerSettings = SettingsOf<typeof spec>;

export const readSchedulerSettings = (): SchedulerSettings => readSettings(spec);
