import { absoluteName, addressList } from '@lxdm/domain';
import { readSettings, setting, SettingsOf } from '@lxdm/runtime';
import { isIP } from 'node:net';

const levels = ['fatal', 'error', 'warn', 'info', 'debug'];

const spec = {
  databaseUrl: setting.url('DATABASE_URL', ['postgres:', 'postgresql:']),
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
  healthHost: setting.text('LXDM_METRICS_HOST', '127.0.0.1'),
  healthPort: setting.port('LXDM_METRICS_PORT', 9104),
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
