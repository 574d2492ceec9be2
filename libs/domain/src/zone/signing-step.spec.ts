import { signedSteps } from './signing-step';

const [A, RRSIG, NSEC, DNSKEY, CDS] = [1, 46, 47, 48, 59] as const;
const zone = { text: 'the zone', detail: 'ct.example.org.' };
const unsigned = { text: 'no records of this type', detail: '' };

it.each<[number, boolean, boolean, boolean]>([
  [A, true, true, false],
  [A, false, true, false],
  [RRSIG, false, true, true],
  [NSEC, true, true, true],
  [NSEC, false, false, false],
  [DNSKEY, true, true, true],
  [DNSKEY, false, true, false],
  [CDS, true, true, true],
])('type %i, top %s, exists %s: made by signing %s', (type, isTop, exists, isMadeBySigning) => {
  const steps = signedSteps([zone, unsigned], type, { isTop, exists });
  const last = { text: expect.any(String), detail: expect.stringContaining('not shown here') };
  expect(steps).toEqual(isMadeBySigning ? [zone, last] : [zone, unsigned, last]);
});
