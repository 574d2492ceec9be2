import { join, resolve } from 'node:path';
import { readFile } from 'node:fs/promises';
import { KeyRing, loadKeyRing } from '@lxdm/crypto';
import { absoluteName, addressList } from '@lxdm/domain';
import { Environment, readSettings, setting } from '@lxdm/runtime';
import { GitlabClient, gitlabSetting, readGitlabClients } from './gitlab-clients';

export type { GitlabClient };

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

const SPEC = {
  databaseUrl: setting.url('DATABASE_URL', ['postgres:', 'postgresql:']),
  redisUrl: setting.url('REDIS_URL', ['redis:', 'rediss:']),
  secretsDir: setting.text('LXDM_SECRETS_DIR', './secrets'),
  bind: setting.text('LXDM_BIND', '127.0.0.1'),
  httpPort: setting.port('LXDM_HTTP_PORT', 8080),
  metricsPort: setting.port('LXDM_METRICS_PORT', 9101),
  dnsMetricsPort: setting.of<number | null>('LXDM_DNS_METRICS_PORT', 'a port number', portOf, null),
  zone: setting.of('DNS_ZONE', 'a domain name such as ct.example.org.', absoluteName, 'ct.example.org.'),
  nameserver: setting.of('DNS_NAMESERVER', 'a domain name such as ns.example.org.', absoluteName, 'ns.example.org.'),
  nameserverAddresses: setting.of('DNS_NAMESERVER_ADDRESSES', 'a list of IP addresses', addressList, [] as string[]),
  publicHosts: setting.of('LXDM_PUBLIC_HOSTS', 'host names with commas between them', listOf, [] as string[]),
  trustedProxies: setting.of(
    'LXDM_TRUSTED_PROXIES',
    'addresses or networks with commas between them',
    listOf,
    [] as string[],
  ),
  webDir: setting.text('LXDM_WEB_DIR', resolve(__dirname, '../../web/dist/browser')),
  gitlabSites: gitlabSetting(),
  logLevel: setting.of('LXDM_LOG_LEVEL', `one of ${LOG_LEVELS.join(', ')}`, levelOf, 'info'),
};

/** What the HTTP process is told: its settings, and the two secrets that it may know. */
export interface ApiSettings {
  databaseUrl: string;
  redisUrl: string;
  bind: string;
  httpPort: number;
  metricsPort: number;
  dnsHealthUrl: string;
  zone: string;
  /** The zone's name server, absolute. */
  nameserver: string;
  /** The name server's addresses, which its zone tells where its name lies inside. */
  nameserverAddresses: string[];
  /** Names that no container may have because the zone needs them, in lower case. */
  reservedNames: string[];
  publicHosts: string[];
  trustedProxies: string[];
  webDir: string;
  logLevel: string;
  sessionSecret: string;
  keyRing: KeyRing;
  /** Seals what only the name server opens: secrets of TSIG keys, private keys of zones. */
  dnsKeyRing: KeyRing;
  /** The GitLabs whose people may sign in; empty for none. */
  gitlabs: GitlabClient[];
}

/** The token under which the settings are injected. */
export const API_SETTINGS = Symbol('API_SETTINGS');

/** Reads settings and secrets; a missing secret ends the start and is never made anew. */
export async function loadApiSettings(environment: Environment = process.env): Promise<ApiSettings> {
  const { secretsDir, dnsMetricsPort, gitlabSites, ...rest } = readSettings(SPEC, environment);
  const file = join(secretsDir, 'session');
  const sessionSecret = (await readFile(file, 'utf8')).trim();
  if (sessionSecret.length < 32) throw new Error(`${file} is too short for a secret: restore it from the backup.`);
  return {
    ...rest,
    dnsHealthUrl: `http://127.0.0.1:${dnsMetricsPort ?? rest.metricsPort + 3}/health/ready`,
    reservedNames: reservedNames(rest.zone, rest.nameserver),
    sessionSecret,
    keyRing: await loadKeyRing(join(secretsDir, 'db_encrypt')),
    dnsKeyRing: await loadKeyRing(join(secretsDir, 'dns_encrypt')),
    gitlabs: await readGitlabClients(secretsDir, gitlabSites),
  };
}

/** The label that the zone's own name server takes, if it lies in the zone. */
export function reservedNames(zone: string, nameserver: string): string[] {
  if (!nameserver.endsWith(`.${zone}`)) return [];
  const label = nameserver
    .slice(0, -zone.length - 1)
    .split('.')
    .at(-1);
  return label ? [label] : [];
}

function listOf(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim().toLowerCase())
    .filter(Boolean);
}

function levelOf(text: string): string | undefined {
  return LOG_LEVELS.find((level) => level === text);
}

function portOf(text: string): number | undefined {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : NaN;
  return port >= 1 && port <= 65_535 ? port : undefined;
}
