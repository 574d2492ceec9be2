import { absoluteName, ZoneApex, ZoneDocument, zoneDocuments } from '@lxdm/domain';
import { ZonesRepository } from '@lxdm/entities';
import { readSettings } from '@lxdm/runtime';
import { Invocation, Refusal, UsageError } from '../command';
import { withDatabase } from '../database';
import { settings } from '../settings';

/** What the commands about zones are told, as the name server is. */
export function zoneSettings(environment: Invocation['environment']): ZoneApex & { databaseUrl: string } {
  const { databaseUrl, zone, nameserver, nameserverAddresses } = settings;
  return readSettings({ databaseUrl, zone, nameserver, nameserverAddresses }, environment);
}

/** A zone as the name server makes it, and whether it is served signed. */
export interface LoadedZone {
  document: ZoneDocument;
  dnssec: boolean;
}

/** The zones as the name server makes them of the database. */
export async function loadZones({ databaseUrl, ...apex }: ZoneApex & { databaseUrl: string }): Promise<LoadedZone[]> {
  const contents = await withDatabase(databaseUrl, (db) => new ZonesRepository(db).load(apex.zone));
  if (!contents) throw unknownZone(apex.zone);
  const signed = new Set(contents.zones.flatMap(({ name, dnssec }) => (dnssec ? [name] : [])));
  return zoneDocuments(apex, contents).map((document) => ({ document, dnssec: signed.has(document.origin) }));
}

/** The zone that `--zone` names, or the one of the containers. */
export function namedZone(option: string | boolean | undefined, fallback: string): string {
  if (typeof option !== 'string') return fallback;
  // A label of a reverse zone may have a slash (RFC 2317 §4).
  if (absoluteName(option.replaceAll('/', '-')) === undefined) throw new UsageError(`"${option}" is no zone.`);
  return option.toLowerCase().replace(/\.?$/, '.');
}

/** A zone that is not there. */
export function unknownZone(zone: string): Refusal {
  return new Refusal(`The database does not know the zone ${zone}: run "npm run cli -- migrate" with this DNS_ZONE.`);
}
