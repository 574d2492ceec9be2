import { signingStep } from './signing-step';

const [A, RRSIG, NSEC, DNSKEY, CDS] = [1, 46, 47, 48, 59] as const;

it.each<[number, boolean, boolean, boolean]>([
  [A, true, true, false],
  [A, false, true, false],
  [RRSIG, false, true, true],
  [NSEC, true, true, true],
  [NSEC, false, false, false],
  [DNSKEY, true, true, true],
  [DNSKEY, false, true, false],
  [CDS, true, true, true],
])('type %i, top %s, exists %s: made by signing %s', (type, isTop, exists, isAnswer) => {
  const step = signingStep(type, { isTop, exists });
  expect(step).toMatchObject({ isAnswer, detail: expect.stringContaining('not shown here') });
});
