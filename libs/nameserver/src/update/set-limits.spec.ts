import { RrType } from '../rr-type';
import { HeldRecord } from './held-records';
import { setLimitFault } from './set-limits';

const records = (count: number, octets: number, type: number = RrType.TXT): HeldRecord[] =>
  Array.from({ length: count }, () => ({ type, ttl: 60, rdata: Buffer.alloc(octets), standing: 'own' }));

it.each<[string, HeldRecord[], RegExp | undefined]>([
  ['nothing', [], undefined],
  ['a hundred records', records(100, 4), undefined],
  ['one more', records(101, 4), /at most 100 records of one type: TXT/],
  ['a hundred of each of two types', [...records(100, 4), ...records(100, 4, RrType.A)], undefined],
  ['62,000 octets', records(2, 31_000 - 12), undefined],
  ['one more octet', [...records(1, 31_000 - 12), ...records(1, 31_001 - 12)], /too large/],
])('%s', (_what, held, expected) => {
  const fault = setLimitFault(held);
  if (expected) expect(fault).toMatch(expected);
  else expect(fault).toBeUndefined();
});
