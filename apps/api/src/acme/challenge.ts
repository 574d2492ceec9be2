import { createHash } from 'node:crypto';
import { invalid } from '@lxdm/domain';
import { canonicalName, Name, NameError } from '@lxdm/nameserver';
import type { Challenge } from './dto/challenge';

/** Where an ACME server looks for the challenge of a name (RFC 8555 §8.4). */
export const CHALLENGE_LABEL = '_acme-challenge';

/** Below it are the names to which challenges of other domains lead; no container can have it. */
export const DELEGATED_LABEL = '_acme';

/** How long a challenge stays whose client does not clean up. */
export const CHALLENGE_HOURS = 24;

/** A record that answers a challenge. */
export interface ChallengeRecord {
  /** Absolute, in lower case, with its final dot. */
  owner: string;
  value: string;
}

/** The record that a client of lego's httpreq asks for: told outright, or to be made of the key authorization (RFC 8555 §8.4). */
export function challengeOf({ fqdn, value, domain, token, keyAuth }: Challenge): ChallengeRecord {
  if (fqdn !== undefined && value !== undefined && domain === undefined && token === undefined && keyAuth === undefined)
    return { owner: ownerOf('fqdn', fqdn), value };
  if (domain !== undefined && keyAuth !== undefined && fqdn === undefined && value === undefined) {
    const owner = ownerOf('domain', `${CHALLENGE_LABEL}.${domain.replace(/^\*\./, '')}`);
    return { owner, value: createHash('sha256').update(keyAuth).digest('base64url') };
  }
  throw invalid('fqdn', 'Send {"fqdn": "…", "value": "…"}, or {"domain": "…", "token": "…", "keyAuth": "…"}.');
}

/** When a challenge that is set now ends by itself. */
export function challengeEnd(): string {
  return new Date(Date.now() + CHALLENGE_HOURS * 3_600_000).toISOString();
}

/** The name of the container whose challenge that is; undefined for every other name. */
export function containerOf(owner: string, zone: string): string | undefined {
  if (!owner.startsWith(`${CHALLENGE_LABEL}.`) || !owner.endsWith(`.${zone}`)) return undefined;
  const name = owner.slice(CHALLENGE_LABEL.length + 1, -zone.length - 1);
  return /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/.test(name) ? name : undefined;
}

function ownerOf(field: string, text: string): string {
  try {
    return canonicalName(Name.parse(text.endsWith('.') ? text : `${text}.`, Name.ROOT));
  } catch (error) {
    if (error instanceof NameError) throw invalid(field, 'This is no domain name.');
    throw error;
  }
}
