// @ts-check
/** The four processes and what each may know: no process is told more than it needs. */
import { plainEnvironment } from './backing.mjs';
import { appEntry } from './workspace.mjs';

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
      ...passed('LXDM_PUBLIC_HOSTS', 'LXDM_TRUSTED_PROXIES'),
      LXDM_BIND: settings.bind,
      LXDM_HTTP_PORT: String(settings.httpPort),
    }),
    program('worker', 1, { ...store, ...secrets, ...zone, LXDM_CERTS_DIR: settings.certsDir }),
    program('scheduler', 2, store),
    program('dns', 3, {
      ...zone,
      DATABASE_URL: addresses.dnsDatabaseUrl,
      LXDM_BIND: settings.bind,
      LXDM_DNS_PORT: String(settings.dnsPort),
    }),
  ];
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
