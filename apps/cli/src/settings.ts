import { absoluteName, addressList } from '@lxdm/domain';
import { Setting, setting } from '@lxdm/runtime';

const domainName = (variable: string, fallback: string): Setting<string> =>
  setting.of(variable, 'a domain name, such as ct.example.org.', absoluteName, fallback);

/** The settings that commands read; each command takes those that it needs. */
export const settings = {
  secretsDir: setting.text('LXDM_SECRETS_DIR', 'secrets'),
  certsDir: setting.text('LXDM_CERTS_DIR', 'certs'),
  databaseUrl: setting.url('DATABASE_URL', ['postgres:', 'postgresql:']),
  zone: domainName('DNS_ZONE', 'ct.example.org.'),
  nameserver: domainName('DNS_NAMESERVER', 'ns.example.org.'),
  nameserverAddresses: setting.of('DNS_NAMESERVER_ADDRESSES', 'a list of IP addresses', addressList, []),
  dnsPassword: setting.optional('DNS_DATABASE_PASSWORD'),
  adminPassword: setting.optional('LXDM_ADMIN_PASSWORD'),
};
