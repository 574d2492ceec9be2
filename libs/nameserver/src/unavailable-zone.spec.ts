import { askZones } from '../test/ask';
import { UnavailableZone } from './unavailable-zone';
import { ZoneSet } from './zone-set';

const zones = ZoneSet.of([new UnavailableZone('ct.example.')]);

it.each([
  ['a name of it', 'web1.ct.example', 'SERVFAIL'],
  ['its apex', 'ct.example', 'SERVFAIL'],
  ['a name elsewhere', 'web1.example', 'REFUSED'],
])('answers %s', (_what, name, rcode) => {
  expect(askZones(zones, { name })).toMatchObject({ rcode, flag_aa: false, answers: [], authorities: [] });
});
