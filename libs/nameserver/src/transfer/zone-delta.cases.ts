import { buildZone } from '../zone-builder';
import { RrsetData } from '../zone-data';
import { Zone } from '../zone';
import { readRecordList } from './record-list';
import { ZoneDelta } from './zone-delta';

/** A version of a small zone. */
export function versionOf(serial: number, rrsets: readonly RrsetData[]): Zone {
  const soa = { mname: 'ns', rname: 'h', serial, refresh: 1, retry: 1, expire: 1, minimum: 60, ttl: 60 };
  return buildZone({ origin: 'ct.example', soa, ns: ['ns.example.'], rrsets });
}

/** Records as short lines: owner without the zone's name, TTL, type, data. */
export function recordLines(list: Buffer): string[] {
  return [...readRecordList(list)].map(({ owner, ttl, type, rdatas }) => {
    const name = owner.toString().replace(/\.?ct\.example\.$/, '');
    return `${name === '' ? '@' : name} ${ttl} ${type} ${rdatas[0]?.toString('hex') ?? ''}`;
  });
}

/** What goes and what comes, the SOA left out. */
export function deltaLines({ removed, added }: ZoneDelta): string[] {
  const marked = (sign: string, list: Buffer) =>
    recordLines(list)
      .slice(1)
      .map((line) => `${sign} ${line}`);
  return [...marked('-', removed), ...marked('+', added)];
}
