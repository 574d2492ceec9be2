import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { hostKeyAlgorithms, publicBlob } from './openssh-private-key';
import { readOpensshPrivateKey } from './openssh-private-reader';
import { cloudInitSshKeys, generateHostKey, generateHostKeys, hostKeyFrom, type SshHostKeys } from './ssh-host-keys';
import { sshfpOf, sshfpText } from './sshfp';

// Key generation is a matter of luck, and argon2 of memory: a busy machine may take its time.
jest.setTimeout(60_000);

let keys: SshHostKeys;
beforeAll(async () => {
  keys = await generateHostKeys('web1.example.org');
});

const body = (pem: string) => Buffer.from(pem.split('\n').slice(1, -2).join(''), 'base64');
const reread = (pem: string) => {
  const key = readOpensshPrivateKey(body(pem));
  if (!key) throw new Error('not read back');
  return key;
};

describe.each(['ed25519', 'ecdsa', 'rsa'] as const)('a generated %s key', (type) => {
  it('has its public line, comment and fingerprint', () => {
    const { publicKey, fingerprint } = keys[type];
    const [name, base64 = '', comment] = publicKey.split(' ');
    expect([name, comment]).toEqual([hostKeyAlgorithms[type], 'web1.example.org']);
    const digest = createHash('sha256').update(Buffer.from(base64, 'base64')).digest('base64');
    expect(`${fingerprint}=`).toBe(`SHA256:${digest}`);
  });

  it('signs with the private half what the public half verifies', () => {
    const key = reread(keys[type].privateKey);
    expect(publicBlob(type, key).toString('base64')).toBe(keys[type].publicKey.split(' ')[1]);
    const digest = type === 'ed25519' ? null : 'sha256';
    const data = Buffer.from('data');
    expect(verify(digest, data, createPublicKey(key), sign(digest, data, key))).toBe(true);
  });

  it('has SSHFP data with its algorithm number and the SHA-256 of the blob', () => {
    const blob = Buffer.from(keys[type].publicKey.split(' ')[1] ?? '', 'base64');
    const hex = createHash('sha256').update(blob).digest('hex');
    const algorithm = { rsa: 1, ecdsa: 3, ed25519: 4 }[type];
    expect(sshfpText(keys[type].sshfp)).toBe(`${algorithm} 2 ${hex}`);
    expect(sshfpOf(keys[type].publicKey)).toEqual(keys[type].sshfp);
  });
});

it('names the keys as cloud-init does', () => {
  const named = cloudInitSshKeys(keys);
  expect(Object.keys(named).sort()).toEqual([
    'ecdsa_private',
    'ecdsa_public',
    'ed25519_private',
    'ed25519_public',
    'rsa_private',
    'rsa_public',
  ]);
  expect(named.rsa_private).toBe(keys.rsa.privateKey);
  expect(named.ecdsa_public).toBe(keys.ecdsa.publicKey);
  expect(cloudInitSshKeys({ rsa: keys.rsa })).toEqual({
    rsa_private: keys.rsa.privateKey,
    rsa_public: keys.rsa.publicKey,
  });
});

it('does not make an RSA key on the event loop', async () => {
  let done = false;
  const key = generateHostKey('rsa', '').then(() => {
    done = true;
  });
  // Work on the event loop would settle within these microtasks; work on a thread needs a turn of the loop to report.
  for (let i = 0; i < 1000; i += 1) await Promise.resolve();
  expect(done).toBe(false);
  await key;
  expect(done).toBe(true);
});

it.each([
  ['a line end', 'a\nssh-rsa AAAA'],
  ['NUL', 'a\0'],
  ['other letters', 'zoë'],
  ['256 characters', 'x'.repeat(256)],
])('refuses a comment with %s', async (_, comment) => {
  await expect(generateHostKey('ed25519', comment)).rejects.toThrow(RangeError);
});

it('makes a line without trailing space when there is no comment', async () => {
  expect((await generateHostKey('ed25519', '')).publicKey.split(' ')).toHaveLength(2);
});

describe('ed25519 keys with a leading zero byte, which common encoders shorten', () => {
  const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex');
  const keyOf = (n: number): KeyObject => {
    const seed = createHash('sha256').update(`s${n}`).digest();
    return createPrivateKey({ key: Buffer.concat([pkcs8, seed]), format: 'der', type: 'pkcs8' });
  };
  // Seeds found by trial: the public half begins with 0 in the first three, the private half in the others.
  it.each([787, 1034, 1221, 56, 279])('seed %d', (n) => {
    const key = keyOf(n);
    const { x = '', d = '' } = key.export({ format: 'jwk' });
    expect(Buffer.concat([Buffer.from(x, 'base64url'), Buffer.from(d, 'base64url')])[n > 500 ? 0 : 32]).toBe(0);
    const host = hostKeyFrom('ed25519', key, '');
    expect(Buffer.from(host.publicKey.split(' ')[1] ?? '', 'base64')).toHaveLength(51);
    expect(reread(host.privateKey).equals(key)).toBe(true);
  });
});
