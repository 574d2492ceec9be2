// @ts-check
/** The processes and what each may know: no process is told more than it needs. */
import { join } from 'node:path';
import { plainEnvironment } from './backing.mjs';
import { ofNameServer } from './settings.mjs';
import { appEntry, inRoot } from './workspace.mjs';

/** @typedef {import('./settings.mjs').Settings} Settings */

/** @param {Settings} settings @param {import('./backing.mjs').Addresses} addresses @returns {import('./supervisor.mjs').Program[]} */
export function programs(settings, addresses) {
  const passed = (/** @type {string[]} */ ...names) =>
    Object.fromEntries(Object.entries(settings.passedOn).filter(([name]) => names.includes(name)));
  const zone = {
    DNS_ZONE: settings.zone,
    DNS_NAMESERVER: settings.nameserver,
    ...passed('DNS_NAMESERVER_ADDRESSES'),
  };
  const store = { DATABASE_URL: addresses.databaseUrl, REDIS_URL: addresses.redisUrl };
  const secrets = { LXDM_SECRETS_DIR: settings.secretsDir };
  const gitlab = settings.gitlabUrl ? { GITLAB_URL: settings.gitlabUrl } : {};
  const program = (/** @type {string} */ name, /** @type {number} */ nth, /** @type {NodeJS.ProcessEnv} */ own) => ({
    name,
    file: appEntry(name),
    env: {
      ...plainEnvironment(),
      ...passed('LXDM_LOG_LEVEL'),
      ...own,
      LXDM_METRICS_PORT: String(settings.metricsPort + nth),
    },
  });
  return [
    program('api', 0, {
      ...store,
      ...secrets,
      ...zone,
      ...gitlab,
      ...passed('LXDM_PUBLIC_HOSTS', 'LXDM_TRUSTED_PROXIES'),
      LXDM_BIND: settings.bind,
      LXDM_HTTP_PORT: String(settings.httpPort),
    }),
    program('worker', 1, {
      ...store,
      ...secrets,
      ...zone,
      ...gitlab,
      ...passed('GITLAB_SYNC_SECONDS', 'LXDM_AUDIT_DAYS'),
      LXDM_CERTS_DIR: settings.certsDir,
    }),
    program('scheduler', 2, { ...store, ...passed('GITLAB_SYNC_SECONDS') }),
    program('dns', 3, {
      ...secrets,
      ...zone,
      DNS_SNAPSHOT: join(settings.dataDir, 'dns-zones.snapshot'),
      ...passed(...ofNameServer),
      DATABASE_URL: addresses.dnsDatabaseUrl,
      LXDM_BIND: settings.bind,
      LXDM_DNS_PORT: String(settings.dnsPort),
    }),
    ...(settings.gitlabStandIn ? [standIn(settings.gitlabStandIn)] : []),
  ];
}

/** The entry of the demo's stand-in for GitLab: a process of its own, for what it is made of must not reach one of the product. */
export const standInEntry = inRoot('libs', 'testing', 'dist', 'gitlab-stand-in.main.js');

/** @param {object} told @returns {import('./supervisor.mjs').Program} */
function standIn(told) {
  return {
    name: 'gitlab-stand-in',
    file: standInEntry,
    env: { ...plainEnvironment(), GITLAB_STAND_IN: JSON.stringify(told) },
  };
}

/** Where somebody opens the console. @param {Settings} settings */
export function consoleAddress({ bind, httpPort }) {
  const host = bind === '0.0.0.0' || bind === '::' ? 'localhost' : bind.includes(':') ? `[${bind}]` : bind;
  return `http://${host}:${httpPort}/`;
}

/** What has to answer before the manager counts as started. @param {Settings} settings @returns {Record<string, string>} */
export function readyAddresses(settings) {
  return {
    api: `${consoleAddress(settings)}api/health/ready`,
    'name server': `http://127.0.0.1:${settings.metricsPort + 3}/health/ready`,
  };
}
