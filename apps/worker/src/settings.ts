import { absoluteName, GitlabSite, parseGitlabs } from '@lxdm/domain';
import { readSettings, setting, SettingsOf } from '@lxdm/runtime';

const spec = {
  databaseUrl: setting.url('DATABASE_URL', ['postgres:', 'postgresql:']),
  redisUrl: setting.url('REDIS_URL', ['redis:', 'rediss:']),
  secretsDir: setting.text('LXDM_SECRETS_DIR', './secrets'),
  certsDir: setting.text('LXDM_CERTS_DIR', './certs'),
  zone: setting.of('DNS_ZONE', 'a domain name such as ct.example.org.', absoluteName, 'ct.example.org.'),
  gitlabs: { variable: 'GITLAB_URL', fallback: [] as GitlabSite[], parse: parseGitlabs },
  /** How old the picture of somebody who is here may be. */
  gitlabSyncSeconds: setting.number('GITLAB_SYNC_SECONDS', { min: 1, max: 3_600, fallback: 30 }),
  /** How long the audit log is kept. */
  auditDays: setting.number('LXDM_AUDIT_DAYS', { min: 30, max: 36_500, fallback: 731 }),
  healthHost: setting.text('LXDM_METRICS_HOST', '127.0.0.1'),
  healthPort: setting.port('LXDM_METRICS_PORT', 9102),
};

/** What the worker is told by its environment. */
export type WorkerSettings = SettingsOf<typeof spec>;

/** The token under which the settings are injected. */
export const SETTINGS = Symbol('worker settings');

export const readWorkerSettings = (): WorkerSettings => readSettings(spec);
