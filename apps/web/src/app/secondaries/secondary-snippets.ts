import type { Secondary, Zone } from '@lxdm/api-client';
import type { Snippet } from '../dns/snippet';

const keyless = 'a TSIG key is better: without one, the address alone decides';

/** How the other server is told about this one, for each zone that it is to carry. */
export function secondarySnippets(
  secondary: Pick<Secondary, 'tsigKey'>,
  zones: Pick<Zone, 'name' | 'addresses'>[],
): Snippet[] {
  const server = zones[0]?.addresses[0] ?? 'ADDRESS-OF-THIS-SERVER';
  const key = secondary.tsigKey?.name.replace(/\.$/, '');
  const names = zones.map(({ name }) => name.replace(/\.$/, ''));
  const about = key ? `The key ${key} itself is declared beside it: see TSIG keys.` : `Works as it is; ${keyless}.`;
  return [
    { id: 'knot', name: 'Knot DNS', about, text: knot(server, key, names) },
    { id: 'nsd', name: 'NSD', about, text: names.map((name) => nsd(server, key, name)).join('\n') },
    { id: 'bind', name: 'BIND', about, text: names.map((name) => bind(server, key, name)).join('\n') },
  ];
}

function knot(server: string, key: string | undefined, names: string[]): string {
  const signed = key ? `\n    key: ${key}` : '';
  const zones = names.map((name) => `  - domain: ${name}\n    master: lxdm\n    acl: lxdm-notify`);
  return `remote:
  - id: lxdm
    address: ${server}${signed}
acl:
  - id: lxdm-notify
    address: ${server}
    action: notify${signed}
zone:
${zones.join('\n')}`;
}

function nsd(server: string, key: string | undefined, name: string): string {
  const signed = key ?? 'NOKEY';
  return `zone:
  name: "${name}"
  allow-notify: ${server} ${signed}
  request-xfr: ${server} ${signed}`;
}

function bind(server: string, key: string | undefined, name: string): string {
  return `zone "${name}" {
  type secondary;
  file "${name.replaceAll('/', '-')}.zone";
  primaries { ${server}${key ? ` key "${key}"` : ''}; };
};`;
}
