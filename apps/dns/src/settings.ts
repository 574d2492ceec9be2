import { absoluteName, addressList } from '@lxdm/domain';
import { readSettings, setting, SettingsOf } from '@lxdm/runtime';
import { mirrorAddress } from './mirror/zone-mirror';
import { LOOPBACK, networkList, nsid, queryShare, secretList } from './answering';
import { isIP } from 'node:net';

const levels = ['fatal', 'error', 'warn', 'info', 'debug'];

const spec = {
  databaseUrl: setting.url('DATABASE_URL', ['postgres:', 'postgresql:']),
  /** Only dns_encrypt is read of it. */
  secretsDir: setting.text('LXDM_SECRETS_DIR', './secrets'),
  bind: setting.of(
    'LXDM_BIND',
    'an IP address of this machine, such as 127.0.0.1 or ::',
    (text) => (isIP(text) ? text : undefined),
    '127.0.0.1',
  ),
  port: setting.port('LXDM_DNS_PORT', 5300),
  zone: setting.of('DNS_ZONE', 'a domain name, such as ct.example.org.', absoluteName, 'ct.example.org.'),
  nameserver: setting.of('DNS_NAMESERVER', 'a domain name, such as ns.example.org.', absoluteName, 'ns.example.org.'),
  nameserverAddresses: setting.of('DNS_NAMESERVER_ADDRESSES', 'a list of IP addresses', addressList, []),
  nsid: setting.of('DNS_NSID', 'a name of this server, at most 255 octets', nsid, null),
  cookieSecrets: setting.of(
    'DNS_COOKIE_SECRETS',
    'secrets of 32 hexadecimal digits each, with commas; the first makes cookies',
    secretList,
    [],
  ),
  rateLimit: setting.number('DNS_RATE_LIMIT', { min: 0, max: 1_000_000, fallback: 100 }),
  rateSlip: setting.number('DNS_RATE_SLIP', { min: 0, max: 10, fallback: 2 }),
  rateExempt: setting.of(
    'DNS_RATE_EXEMPT',
    'a list of networks such as 192.0.2.0/24, 2001:db8::/32',
    networkList,
    LOOPBACK,
  ),
  udpOctets: setting.number('DNS_UDP_OCTETS', { min: 512, max: 4096, fallback: 1232 }),
  /** Another server, asked for names of the zone that are not here. */
  mirror: setting.of('DNS_MIRROR', 'an IP address, with or without a port, such as 192.0.2.53:53', mirrorAddress, null),
  /** Processes that answer at the same ports. */
  workers: setting.number('DNS_WORKERS', { min: 1, max: 64, fallback: 1 }),
  queryLog: setting.of('DNS_QUERY_LOG', 'a share from 0 to 1', queryShare, 0),
  healthHost: setting.text('LXDM_METRICS_HOST', '127.0.0.1'),
  healthPort: setting.port('LXDM_METRICS_PORT', 9104),
  /** Where the last good zones are kept for a start without a database. */
  snapshot: setting.of('DNS_SNAPSHOT', 'a file', (text) => text, null as string | null),
  logLevel: setting.of(
    'LXDM_LOG_LEVEL',
    `one of ${levels.join(', ')}`,
    (text) => levels.find((level) => level === text),
    'info',
  ),
};

/** What the name server is told by its environment. */
export type DnsSettings = SettingsOf<typeof spec>;

export const readDnsSettings = (): DnsSettings => readSettings(spec);
