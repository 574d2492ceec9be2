import { randomUUID } from 'node:crypto';
import { KeyRing, newKeyRing, seal } from '@lxdm/crypto';
import type { TsigKeyContents } from '@lxdm/entities';
import { pino } from 'pino';
import { ServerKeys } from './server-keys';

const ring = KeyRing.parse(newKeyRing());
const secret = Buffer.from([0, 255, 128, 61, 43, 47, ...Array.from({ length: 26 }, (_, index) => index * 9)]);

function row(name: string, sealedFor?: string): TsigKeyContents {
  const id = randomUUID();
  const place = { table: 'tsig_keys', column: 'secret', row: sealedFor ?? id };
  const rights = { updateNames: [], updateTypes: [], mayTransfer: true };
  return { id, name, algorithm: 'hmac-sha256', secretSealed: seal(ring, place, secret), ...rights };
}

const taken = (tsigKeys: TsigKeyContents[]): ServerKeys => {
  const keys = new ServerKeys(ring, pino({ level: 'silent' }));
  keys.take({ zoneKeys: [], tsigKeys, secondaries: [] });
  return keys;
};

it('signs with the very octets that were sealed, whatever they are', () => {
  const sealed = row('a.');
  expect(taken([sealed]).byId(sealed.id)?.key.secret).toEqual(secret);
});

it('opens the others where one was sealed for another place', () => {
  const keys = taken([row('a.', 'elsewhere'), row('b.')]);
  expect(keys.tsigKeys.map(({ name }) => name.toString())).toEqual(['b.']);
});
