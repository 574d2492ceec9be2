import { zoneData } from '../../test/sample-zone';
import { Name } from '../name';
import { RrType } from '../rr-type';
import { buildZone } from '../zone-builder';
import { recordsAt } from './records-at';

const zone = buildZone(
  zoneData([
    { name: 'www', type: 'A', ttl: 60, records: ['192.0.2.1', '192.0.2.2'] },
    { name: 'www', type: 'TXT', ttl: 30, records: ['x'] },
    { name: '*', type: 'A', ttl: 30, records: ['192.0.2.3'] },
  ]),
);
const at = (name: string) => recordsAt(zone, Name.parse(name, zone.origin));

it('tells every record of exactly that name', () => {
  const fixed = { standing: 'fixed' };
  expect(at('WWW')).toEqual([
    { ...fixed, type: RrType.A, ttl: 60, rdata: Buffer.of(192, 0, 2, 1) },
    { ...fixed, type: RrType.A, ttl: 60, rdata: Buffer.of(192, 0, 2, 2) },
    { ...fixed, type: RrType.TXT, ttl: 30, rdata: Buffer.from('\x01x') },
  ]);
});

it('knows nothing of names that a wildcard answers, and the SOA and NS of the top', () => {
  expect(at('nobody')).toEqual([]);
  expect(at('@').map(({ type }) => type)).toEqual([RrType.SOA, RrType.NS]);
});
