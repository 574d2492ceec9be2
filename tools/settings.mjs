// @ts-check
/** The launcher's settings: all optional, from the environment or, as NAME_FILE, from a file. Every fault is named at once, no value is ever shown. */
import { isIP } from 'node:net';
import { resolve } from 'node:path';

/**
 * @typedef {object} Settings
 * @property {number} httpPort
 * @property {number} dnsPort
 * @property {number} metricsPort first of four
 * @property {string} bind
 * @property {string} dataDir
 * @property {string} secretsDir
 * @property {string} certsDir
 * @property {string | undefined} adminPassword
 * @property {string | undefined} databaseUrl undefined: the embedded one
 * @property {string | undefined} redisUrl undefined: a private one
 * @property {string} zone
 * @property {string} nameserver
 * @property {string | undefined} dnsDatabaseUrl
 * @property {string | undefined} gitlabUrl one base URL or several with names; undefined: nobody signs in with GitLab
 * @property {number} demoGitlabPort where the demo's stand-in for GitLab listens
 * @property {object} [gitlabStandIn] what the demo's stand-in is told; undefined: there is none
 * @property {Record<string, string>} passedOn by name, what only the processes look at
 */

/** @typedef {(text: string) => string | undefined} Check what is wrong with the value, or undefined */

/** @type {Check} */
const port = (text) =>
  /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65535
    ? undefined
    : 'must be a port number, 1 to 65535';
/** @type {Check} */
const address = (text) => (isIP(text) ? undefined : 'must be an IP address of this machine, such as 127.0.0.1 or ::');
/** @type {Check} */
const domain = (text) =>
  text.length <= 254 && /^([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?\.)+$/i.test(text.endsWith('.') ? text : `${text}.`)
    ? undefined
    : 'must be a domain name, such as ct.example.org.';
/** @param {RegExp} scheme @param {string} example @returns {Check} */
const url = (scheme, example) => (text) => {
  const parsed = URL.canParse(text) ? new URL(text) : undefined;
  return parsed && scheme.test(parsed.protocol) && parsed.hostname
    ? undefined
    : `must be an address such as ${example}`;
};
/** @type {Check} */
const folder = (text) => (text.includes('\0') || text.trim() === '' ? 'must be a folder' : undefined);
/** @type {Check} */
const password = (text) =>
  [...text].length >= 10 && !/\p{Cc}/u.test(text)
    ? undefined
    : 'must have at least 10 characters, none of them a control character';

/** As parseGitlabs of libs/domain, which the processes use, reads it. @type {Check} */
const gitlabs = (text) => {
  const entries = text.split(/[\s,]+/).filter(Boolean);
  const [first, ...others] = entries.map((entry) => /^(?:[a-z0-9-]+=)?(https?:\/\/[^/@?#]+(?:\/[^?#]*)?)$/.exec(entry));
  return first && others.every((one) => one && !one[0].startsWith('http'))
    ? undefined
    : 'must be an address such as https://gitlab.example.org/, or several as name=address with blanks between them';
};
/** @param {number} least @param {number} most @returns {Check} */
const whole = (least, most) => (text) =>
  /^\d{1,9}$/.test(text) && Number(text) >= least && Number(text) <= most
    ? undefined
    : `must be a whole number, ${least} to ${most}`;

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace'];
/** @param {(part: string) => boolean} good @param {string} what @returns {Check} */
const listOf = (good, what) => (text) =>
  text.split(',').every((part) => good(part.trim())) ? undefined : `must be ${what} with commas between them`;

/** @type {Record<string, {fallback?: string, check: Check}>} */
const table = {
  LXDM_HTTP_PORT: { fallback: '8080', check: port },
  LXDM_DNS_PORT: { fallback: '5300', check: port },
  LXDM_METRICS_PORT: {
    fallback: '9101',
    check: (text) => port(text) ?? (Number(text) > 65532 ? 'must leave room for four ports' : undefined),
  },
  LXDM_BIND: { fallback: '127.0.0.1', check: address },
  LXDM_DATA_DIR: { fallback: '.data', check: folder },
  LXDM_SECRETS_DIR: { fallback: 'secrets', check: folder },
  LXDM_CERTS_DIR: { fallback: 'certs', check: folder },
  LXDM_ADMIN_PASSWORD: { check: password },
  DATABASE_URL: { check: url(/^postgres(ql)?:$/, 'postgres://user:password@host:5432/database') },
  REDIS_URL: { check: url(/^rediss?:$/, 'redis://:password@host:6379/0') },
  DNS_ZONE: { fallback: 'ct.example.org.', check: domain },
  DNS_NAMESERVER: { fallback: 'ns.example.org.', check: domain },
  DNS_DATABASE_URL: { check: url(/^postgres(ql)?:$/, 'postgres://lxdm_dns:password@host:5432/database') },
  GITLAB_URL: { check: gitlabs },
  GITLAB_SYNC_SECONDS: { check: whole(1, 3600) },
  LXDM_AUDIT_DAYS: { check: whole(30, 36_500) },
  LXDM_DEMO_GITLAB_PORT: { fallback: '8090', check: port },
  DNS_NAMESERVER_ADDRESSES: { check: listOf((part) => isIP(part) !== 0, 'IP addresses') },
  DNS_NSID: { check: (text) => (Buffer.byteLength(text) <= 255 ? undefined : 'must be at most 255 octets') },
  DNS_COOKIE_SECRETS: { check: listOf((part) => /^[0-9a-f]{32}$/i.test(part), 'secrets of 32 hexadecimal digits') },
  DNS_RATE_LIMIT: { check: whole(0, 1_000_000) },
  DNS_RATE_SLIP: { check: whole(0, 10) },
  DNS_RATE_EXEMPT: { check: listOf((part) => isIP(part.split('/')[0] ?? '') !== 0, 'addresses or networks') },
  DNS_UDP_OCTETS: { check: whole(512, 4096) },
  DNS_MIRROR: {
    check: (text) =>
      isIP(text) !== 0 || /^(\[[0-9a-f:.]+\]|[0-9.]+):\d{1,5}$/i.test(text)
        ? undefined
        : 'must be an IP address, with or without a port',
  },
  DNS_WORKERS: { check: whole(1, 64) },
  DNS_SNAPSHOT: { check: (text) => (folder(text) ? 'must be a file' : undefined) },
  DNS_QUERY_LOG: {
    check: (text) => (/^(0|1|0?\.\d+|[01]\.0+)$/.test(text) ? undefined : 'must be a share from 0 to 1'),
  },
  LXDM_PUBLIC_HOSTS: { check: listOf((part) => /^[a-z0-9.-]+$/i.test(part), 'host names') },
  LXDM_TRUSTED_PROXIES: { check: listOf((part) => isIP(part.split('/')[0] ?? '') !== 0, 'addresses or networks') },
  LXDM_LOG_LEVEL: {
    check: (text) => (logLevels.includes(text) ? undefined : `must be one of ${logLevels.join(', ')}`),
  },
};

/** What only the name server looks at. */
export const ofNameServer = [
  'DNS_NSID',
  'DNS_COOKIE_SECRETS',
  'DNS_RATE_LIMIT',
  'DNS_RATE_SLIP',
  'DNS_RATE_EXEMPT',
  'DNS_UDP_OCTETS',
  'DNS_MIRROR',
  'DNS_WORKERS',
  'DNS_SNAPSHOT',
  'DNS_QUERY_LOG',
];

const passedOn = [
  ...ofNameServer,
  'DNS_NAMESERVER_ADDRESSES',
  'GITLAB_SYNC_SECONDS',
  'LXDM_AUDIT_DAYS',
  'LXDM_PUBLIC_HOSTS',
  'LXDM_TRUSTED_PROXIES',
  'LXDM_LOG_LEVEL',
];

/** The names of all settings, for the documentation's test. */
export const settingNames = Object.keys(table);

/**
 * @param {Record<string, string | undefined>} env @param {(path: string) => string} readFile
 * @returns {{settings: Settings, faults: string[]}} settings are to be used only when there is no fault
 */
export function readSettings(env, readFile) {
  /** @type {string[]} */
  const faults = [];
  /** @type {Record<string, string | undefined>} */
  const values = {};
  for (const [name, { fallback, check }] of Object.entries(table)) {
    const text = valueOf(name, env, readFile, faults) ?? fallback;
    const fault = text === undefined ? undefined : check(text);
    if (fault) faults.push(`${name} ${fault}.`);
    else values[name] = text;
  }
  const number = (/** @type {string} */ name) => Number(values[name] ?? 0);
  const absolute = (/** @type {string} */ name) => `${values[name]}`.replace(/\.?$/, '.').toLowerCase();
  const settings = {
    httpPort: number('LXDM_HTTP_PORT'),
    dnsPort: number('LXDM_DNS_PORT'),
    metricsPort: number('LXDM_METRICS_PORT'),
    bind: values['LXDM_BIND'] ?? '',
    dataDir: resolve(values['LXDM_DATA_DIR'] ?? '.data'),
    secretsDir: resolve(values['LXDM_SECRETS_DIR'] ?? 'secrets'),
    certsDir: resolve(values['LXDM_CERTS_DIR'] ?? 'certs'),
    adminPassword: values['LXDM_ADMIN_PASSWORD'],
    databaseUrl: values['DATABASE_URL'],
    redisUrl: values['REDIS_URL'],
    zone: absolute('DNS_ZONE'),
    nameserver: absolute('DNS_NAMESERVER'),
    dnsDatabaseUrl: values['DNS_DATABASE_URL'],
    gitlabUrl: values['GITLAB_URL'],
    demoGitlabPort: number('LXDM_DEMO_GITLAB_PORT'),
    passedOn: Object.fromEntries(passedOn.flatMap((name) => (values[name] ? [[name, `${values[name]}`]] : []))),
  };
  faults.push(...samePorts(settings));
  return { settings, faults };
}

/** @param {string} name @param {Record<string, string | undefined>} env @param {(path: string) => string} readFile @param {string[]} faults */
function valueOf(name, env, readFile, faults) {
  const direct = env[name] || undefined;
  const file = env[`${name}_FILE`] || undefined;
  if (!file) return direct;
  if (direct) faults.push(`${name} and ${name}_FILE are both set: remove one.`);
  try {
    return readFile(file).replace(/\r?\n$/, '');
  } catch (error) {
    faults.push(
      `${name}_FILE cannot be read (${/** @type {NodeJS.ErrnoException} */ (error).code ?? 'unknown error'}).`,
    );
    return direct;
  }
}

/** @param {Settings} settings */
function samePorts({ httpPort, dnsPort, metricsPort, demoGitlabPort }) {
  const taken = [
    ['LXDM_HTTP_PORT', httpPort, 1],
    ['LXDM_DNS_PORT', dnsPort, 1],
    ['LXDM_METRICS_PORT', metricsPort, 4],
    ['LXDM_DEMO_GITLAB_PORT', demoGitlabPort, 1],
  ].filter(([, first]) => first !== 0);
  const faults = [];
  for (const [i, [name, first, count]] of taken.entries())
    for (const [other, start, length] of taken.slice(i + 1))
      if (Number(first) < Number(start) + Number(length) && Number(start) < Number(first) + Number(count))
        faults.push(`${name} and ${other} need different ports.`);
  return faults;
}
