import type { TsigKey } from '@lxdm/api-client';
import type { Snippet } from '../dns/snippet';

/** The key as the programs that use it want it. */
export function keySnippets({ name, algorithm }: Pick<TsigKey, 'name' | 'algorithm'>, secret: string): Snippet[] {
  const short = name.replace(/\.$/, '');
  return [
    {
      id: 'nsupdate',
      name: 'nsupdate',
      about: 'Save as a file that only its user may read, and run: nsupdate -k FILE',
      text: bind(short, algorithm, secret),
    },
    {
      id: 'knot',
      name: 'Knot DNS',
      about: 'In knot.conf',
      text: `key:\n  - id: ${short}\n    algorithm: ${algorithm}\n    secret: ${secret}`,
    },
    { id: 'bind', name: 'BIND', about: 'In named.conf', text: bind(short, algorithm, secret) },
    {
      id: 'nsd',
      name: 'NSD',
      about: 'In nsd.conf',
      text: `key:\n  name: "${short}"\n  algorithm: ${algorithm}\n  secret: "${secret}"`,
    },
    {
      id: 'certbot',
      name: 'certbot',
      about: 'A credentials file for certbot-dns-rfc2136; only root may read it.',
      text: `dns_rfc2136_server = SERVER-ADDRESS
dns_rfc2136_port = 53
dns_rfc2136_name = ${short}.
dns_rfc2136_secret = ${secret}
dns_rfc2136_algorithm = ${algorithm.toUpperCase()}`,
    },
  ];
}

function bind(name: string, algorithm: string, secret: string): string {
  return `key "${name}" {\n  algorithm ${algorithm};\n  secret "${secret}";\n};`;
}
