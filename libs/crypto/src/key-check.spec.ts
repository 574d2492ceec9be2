import { makeCanary, verifyCanary, WrongKeyRingError } from './key-check';
import { KeyRing, newKeyRing, rotatedKeyRing } from './key-ring';
import { seal } from './seal';

const text = newKeyRing();
const ring = KeyRing.parse(text);
const grown = KeyRing.parse(rotatedKeyRing(text));
const place = { table: 'key_check', column: 'canary', row: '1' };

it('passes with the ring that made it', () => {
  expect(verifyCanary(ring, makeCanary(ring))).toEqual({ keyId: ring.sealingKeyId, current: true });
});

it('passes with a grown ring, and says that it is due for the new key', () => {
  expect(verifyCanary(grown, makeCanary(ring))).toEqual({ keyId: ring.sealingKeyId, current: false });
});

it.each([
  ['another ring', KeyRing.parse(newKeyRing()), makeCanary(ring)],
  [
    'another key under the same id',
    KeyRing.parse(`${text.split(':')[0]}:${newKeyRing().split(':')[1]}`),
    makeCanary(ring),
  ],
  ['a ring without the newest key', ring, makeCanary(grown)],
  ['a damaged canary', ring, makeCanary(ring).slice(0, -3)],
  ['an empty canary', ring, ''],
  ["the other ring's canary", ring, makeCanary(ring, 'dns_encrypt')],
  ['another text in its place', ring, seal(ring, place, 'something else')],
  ['a secret from elsewhere', ring, seal(ring, { ...place, row: '2' }, 'lxd-manager key check')],
])('refuses to start with %s', (_, wrong, canary) => {
  expect(() => verifyCanary(wrong, canary)).toThrow(WrongKeyRingError);
  expect(() => verifyCanary(wrong, canary)).toThrow(/restore the right one/);
});

it("names the file of the name server's ring", () => {
  const canary = makeCanary(ring, 'dns_encrypt');
  expect(verifyCanary(ring, canary, 'dns_encrypt').current).toBe(true);
  expect(() => verifyCanary(KeyRing.parse(newKeyRing()), canary, 'dns_encrypt')).toThrow('secrets/dns_encrypt');
});
