import { FingerprintError, normalFingerprint } from '@lxdm/crypto';
import { DomainError, FieldFault, invalid, parseSubnet, Subnet } from '@lxdm/domain';
import type { AddHost } from './dto/add-host';
import { monitoringUrlFault, parseHostUrl } from './host-url';
import { fingerprintOfToken } from './trust-token';

/** A host as it will be stored, its secret still in the clear. */
export interface WantedHost {
  name: string;
  url: string;
  monitoringUrl: string | null;
  pin: string | null;
  trust: { kind: 'password' | 'token'; secret: string } | null;
  subnets: Subnet[];
}

/**
 * Reads what an admin typed, and names every fault at once.
 * @throws DomainError `invalid`
 */
export function wantedHost(given: AddHost): WantedHost {
  const faults: FieldFault[] = [];
  const fault = (field: string, message: string): null => {
    faults.push({ field, message });
    return null;
  };
  const address = parseHostUrl(given.url.trim());
  if ('fault' in address) fault('url', address.fault);
  const subnets = given.subnets.map((text) => parseSubnet(text.trim()));
  for (const subnet of subnets) if ('fault' in subnet) fault('subnets', subnet.fault);
  const good = subnets.filter((subnet): subnet is Subnet => 'cidr' in subnet);
  if (new Set(good.map((subnet) => subnet.cidr)).size < good.length) fault('subnets', 'A network is listed twice.');
  const monitoringUrl = given.monitoringUrl?.trim() || null;
  const monitoringFault = monitoringUrl === null ? undefined : monitoringUrlFault(monitoringUrl);
  if (monitoringFault) fault('monitoringUrl', monitoringFault);
  if (given.trustPassword !== undefined && given.trustToken !== undefined)
    fault('trustToken', 'Give a trust password or a trust token, not both.');
  const token = given.trustToken?.trim();
  const ofToken =
    token === undefined
      ? null
      : (fingerprintOfToken(token) ??
        fault('trustToken', 'This is no trust token: it should be the long line that the host printed.'));
  const typed = given.fingerprint?.trim()
    ? fingerprintOr(given.fingerprint, () => fault('fingerprint', 'A SHA-256 fingerprint has 64 hexadecimal digits.'))
    : null;
  if (typed !== null && ofToken !== null && typed !== ofToken)
    fault('fingerprint', 'The trust token carries another fingerprint: it was made by another host.');
  if (faults.length > 0 || !('url' in address))
    throw new DomainError('invalid', faults.map(({ message }) => message).join(' '), faults);
  const trust = trustOf(given.trustPassword, token);
  return { name: given.name, url: address.url, monitoringUrl, pin: typed ?? ofToken, trust, subnets: good };
}

/**
 * The stored form of a typed fingerprint.
 * @throws DomainError `invalid`
 */
export function wantedPin(text: string): string {
  return fingerprintOr(text, () => {
    throw invalid('fingerprint', 'A SHA-256 fingerprint has 64 hexadecimal digits.');
  });
}

function trustOf(password: string | undefined, token: string | undefined): WantedHost['trust'] {
  if (token !== undefined) return { kind: 'token', secret: token };
  return password === undefined ? null : { kind: 'password', secret: password };
}

function fingerprintOr<T>(text: string, otherwise: () => T): string | T {
  try {
    return normalFingerprint(text);
  } catch (error) {
    if (error instanceof FingerprintError) return otherwise();
    throw error;
  }
}
