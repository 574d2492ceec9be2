import { RrsetData, SoaData, ZoneData } from '../src/zone-data';

/** An SOA whose serial has the top bit set and whose MINIMUM is below its TTL. */
export const soa: SoaData = {
  mname: 'ns',
  rname: 'hostmaster',
  serial: 0xfedcba98,
  refresh: 3600,
  retry: 600,
  expire: 864_000,
  minimum: 60,
  ttl: 300,
};

/** A zone of ct.example.org with the given RRsets beside its SOA and name server. */
export function zoneData(rrsets: readonly RrsetData[] = [], changes: Partial<ZoneData> = {}): ZoneData {
  const ns: RrsetData = { name: 'ns', type: 'A', ttl: 60, records: ['192.0.2.53'] };
  return { origin: 'ct.example.org', soa, ns: ['ns'], rrsets: [ns, ...rrsets], ...changes };
}
