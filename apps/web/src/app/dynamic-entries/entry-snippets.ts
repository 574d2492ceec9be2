import type { DynamicEntry } from '@lxdm/api-client';
import type { Snippet } from '../dns/snippet';

export interface SnippetContext {
  /** Of this console, such as https://lxdm.example.org */
  origin: string;
  /** Left out, a placeholder stands in its place. */
  token?: string;
  tokenId?: string;
}

const challenge = '_acme-challenge.';

/** Ready lines for the programs that can set this entry; those for certificates only where it answers challenges. */
export function entrySnippets(
  entry: Pick<DynamicEntry, 'id' | 'owner' | 'type' | 'zone'>,
  context: SnippetContext,
): Snippet[] {
  const answersChallenges = entry.type === 'TXT' && entry.owner.startsWith(challenge);
  const plain = [curl(entry, context)];
  return answersChallenges ? [...plain, ...acme(entry, context)] : plain;
}

const sampleValues: Record<string, string> = { A: '192.0.2.1', AAAA: '2001:db8::1', CNAME: 'www.example.org.' };

function tokenOf({ token }: SnippetContext): string {
  return token ?? 'TOKEN';
}

function curl(entry: Pick<DynamicEntry, 'id' | 'type'>, context: SnippetContext): Snippet {
  const value = sampleValues[entry.type] ?? 'value';
  return {
    id: 'curl',
    name: 'curl',
    about: 'Replaces all values by one; {"value":null} removes them all.',
    text: `curl -fsS -X PUT -H 'Authorization: Token ${tokenOf(context)}' -H 'Content-Type: application/json' \\
  -d '{"value":"${value}"}' ${context.origin}/api/dynamicentry/${entry.id}/`,
  };
}

function acme({ id, owner, zone }: Pick<DynamicEntry, 'id' | 'owner' | 'zone'>, context: SnippetContext): Snippet[] {
  const token = tokenOf(context);
  const domain = owner.slice(challenge.length).replace(/\.$/, '');
  const url = `${context.origin}/api/dynamicentry/${id}/`;
  const user = context.tokenId ?? 'TOKEN-ID';
  return [
    {
      id: 'dehydrated',
      name: 'dehydrated',
      about: 'Save as hook.sh, make it executable, and run: dehydrated -c -t dns-01 -k ./hook.sh -d ' + domain,
      text: `#!/bin/sh
set -eu
set_value() {
  curl -fsS -X PUT -H 'Authorization: Token ${token}' -H 'Content-Type: application/json' \\
    -d "$1" ${url} >/dev/null
}
case "$1" in
  deploy_challenge) set_value "{\\"value\\":\\"$4\\"}" ;;
  clean_challenge) set_value '{"value":null}' ;;
esac`,
    },
    {
      id: 'certbot',
      name: 'certbot',
      about: 'Asks for the certificate; renewals run the same hooks.',
      text: `certbot certonly --manual --preferred-challenges dns -d ${domain} \\
  --manual-auth-hook "curl -fsS -X PUT -H 'Authorization: Token ${token}' -H 'Content-Type: application/json' -d '{\\"value\\":\\"'\\$CERTBOT_VALIDATION'\\"}' ${url}" \\
  --manual-cleanup-hook "curl -fsS -X PUT -H 'Authorization: Token ${token}' -H 'Content-Type: application/json' -d '{\\"value\\":null}' ${url}"`,
    },
    {
      id: 'lego',
      name: 'lego',
      about: 'lego and programs built on it (Traefik, Caddy) know this as “httpreq”.',
      text: `HTTPREQ_ENDPOINT=${context.origin}/api/httpreq \\
HTTPREQ_USERNAME=${user} HTTPREQ_PASSWORD=${token} \\
lego --accept-tos --email you@example.org --dns httpreq -d ${domain} run`,
    },
    {
      id: 'acme-sh',
      name: 'acme.sh',
      about: 'Speaks the language of acme-dns; user and key are the token’s id and the token.',
      text: `export ACMEDNS_BASE_URL=${context.origin}/api/acme-dns
export ACMEDNS_USERNAME=${user}
export ACMEDNS_PASSWORD=${token}
export ACMEDNS_SUBDOMAIN=${owner.slice(0, -zone.length - 1)}
acme.sh --issue --dns dns_acmedns -d ${domain}`,
    },
    {
      id: 'nsupdate',
      name: 'nsupdate',
      about: 'Needs a TSIG key that may update this name: an administrator makes one under DNS, TSIG keys.',
      text: `nsupdate -k /etc/lxdm.key <<'END'
server ${new URL(context.origin).hostname}
update delete ${owner} TXT
update add ${owner} 60 TXT "value"
send
END`,
    },
  ];
}
