import { setTimeout as pause } from 'node:timers/promises';
import { parts, RoleKey, signedZone } from '../../test/signing';
import { zoneData } from '../../test/sample-zone';
import { RrType } from '../rr-type';
import { SigningKey } from './signing-key';

/** A key whose first signatures are done last. */
function slowAtFirst(key: SigningKey): SigningKey {
  let begun = 0;
  return Object.assign(Object.create(key) as SigningKey, {
    sign: async (data: Buffer): Promise<Buffer> => {
      await pause(Math.max(0, 20 - 4 * begun++));
      return key.sign(data);
    },
  });
}

it('keeps the signatures of a name in the order of what they sign, whichever thread is done first', async () => {
  const data = zoneData([{ name: 'a', type: 'A', ttl: 60, records: ['192.0.2.1'] }]);
  const given = { ...parts([slowAtFirst(new RoleKey().as('active'))]), concurrency: 8 };
  const zone = await signedZone(data, given);
  for (const { rrsets } of zone.nodes.values()) {
    const covered = [...rrsets.values()].filter(({ type }) => type === RrType.RRSIG);
    const types = covered.map(({ rdatas }) => rdatas[0]?.readUInt16BE(0));
    expect(types).toEqual([...rrsets.values()].map(({ type }) => type).filter((type) => type !== RrType.RRSIG));
  }
});
