import type { SecondaryContents } from '@lxdm/entities';
import { TsigKey } from '@lxdm/nameserver';
import { canonicalAddress, transferAccess } from './transfer-access';

const keyed = (name: string) => new TsigKey({ name, algorithm: 'hmac-sha256', secret: Buffer.from('secret') });
const rights: Record<string, { id: string; mayTransfer: boolean }> = {
  'may.': { id: 'may', mayTransfer: true },
  'shared.': { id: 'shared', mayTransfer: true },
  'not.': { id: 'not', mayTransfer: false },
};
const secondary = (id: string, address: string, tsigKeyId: string | null): SecondaryContents => ({
  id,
  name: id,
  address,
  port: 53,
  tsigKeyId,
});
const secondaries = [
  secondary('open', '192.0.2.1', null),
  secondary('open6', '2001:db8::1', null),
  secondary('signs', '192.0.2.2', 'may'),
  secondary('one', '192.0.2.3', 'shared'),
  secondary('two', '192.0.2.4', 'shared'),
  secondary('without right', '192.0.2.5', 'not'),
];

it.each<[string, string, string | undefined, string[] | RegExp]>([
  ['a secondary without key', '192.0.2.1', undefined, ['open']],
  ['the same over IPv6, spelt otherwise', '2001:DB8:0::1', undefined, ['open6']],
  ['a stranger', '192.0.2.99', undefined, /no secondary has the address/],
  ['a secondary that forgot to sign', '192.0.2.2', undefined, /must sign/],
  ['a secondary that signs', '192.0.2.2', 'may', ['signs']],
  ['the same from behind a translated address', '192.0.2.99', 'may', ['signs']],
  ['one of two with the same key', '192.0.2.4', 'shared', ['two']],
  ['neither of the two, with their key', '192.0.2.99', 'shared', []],
  ['a key without the right', '192.0.2.5', 'not', /may not transfer/],
  ['a key without the right, from an open address', '192.0.2.1', 'not', /may not transfer/],
  ['a key that cannot be opened any more', '192.0.2.1', 'gone', /may not transfer/],
])('%s', (_what, sender, key, expected) => {
  const keyRights = (one: TsigKey) => rights[one.name.toString()];
  const access = transferAccess(
    { sender, key: key === undefined ? undefined : keyed(key) },
    { keyRights, secondaries },
  );
  if (expected instanceof RegExp)
    expect(access).toMatchObject({ granted: false, reason: expect.stringMatching(expected) as string });
  else expect(access.granted && access.secondaries.map(({ id }) => id)).toEqual(expected);
});

it.each([
  ['192.0.2.1', '192.0.2.1'],
  ['2001:DB8:0:0::1', '2001:db8::1'],
  ['fe80::1%eth0', 'fe80::1'],
  ['no address', 'no address'],
])('the address %s is %s', (text, expected) => {
  expect(canonicalAddress(text)).toBe(expected);
});
