import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { hostKeyFrom, generateHostKeys, type SshHostKeys } from './ssh-host-keys';
import { HostKeyImportError, hostKeyImportFaults, readHostKeys } from './ssh-host-key-import';

// Key generation is a matter of luck, and argon2 of memory: a busy machine may take its time.
jest.setTimeout(60_000);

let made: SshHostKeys;
beforeAll(async () => {
  made = await generateHostKeys('old name');
});

const rsa2048 = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const pem = (key: KeyObject, type: 'pkcs1' | 'pkcs8' | 'sec1') => key.export({ type, format: 'pem' }).toString();
const blob = (line: string | undefined) => line?.split(' ')[1];

function codeOf(text: string): string {
  try {
    readHostKeys(text, '');
  } catch (error) {
    if (error instanceof HostKeyImportError) return error.code;
    throw error;
  }
  return 'accepted';
}

it('reads all keys of a pasted folder, whatever stands around them', () => {
  const text = Object.values(made)
    .map((key) => `==> ssh_host_${key.type}_key <==\n${key.privateKey}\n==> .pub <==\n${key.publicKey}\n`)
    .join('$ ');
  const { keys, skipped } = readHostKeys(text.replaceAll('\n', '\r\n'), 'new name');
  expect(skipped).toBe(0);
  for (const type of ['ed25519', 'ecdsa', 'rsa'] as const) {
    expect(keys[type]?.fingerprint).toBe(made[type].fingerprint);
    expect(keys[type]?.sshfp).toEqual(made[type].sshfp);
    expect(keys[type]?.publicKey).toMatch(/ new name$/);
    expect(keys[type]?.privateKey).toMatch(/^-----BEGIN OPENSSH PRIVATE KEY-----\n/);
  }
});

it.each<[string, string, 'rsa' | 'ecdsa', KeyObject]>([
  ['PKCS#1', pem(rsa2048, 'pkcs1'), 'rsa', rsa2048],
  ['SEC 1', pem(p256, 'sec1'), 'ecdsa', p256],
  ['PKCS#8 rsa', pem(rsa2048, 'pkcs8'), 'rsa', rsa2048],
  ['PKCS#8 ecdsa', pem(p256, 'pkcs8'), 'ecdsa', p256],
])('reads the older form %s', (_, text, type, key) => {
  const { keys } = readHostKeys(text, '');
  expect(Object.keys(keys)).toEqual([type]);
  expect(blob(keys[type]?.publicKey)).toBe(blob(hostKeyFrom(type, key, '').publicKey));
});

it('leaves out types that it does not serve, and says how many', () => {
  const p384 = pem(generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey, 'sec1');
  const dsa = '-----BEGIN DSA PRIVATE KEY-----\nMIIBuw==\n-----END DSA PRIVATE KEY-----\n';
  const { keys, skipped } = readHostKeys(p384 + dsa + made.ecdsa.privateKey, '');
  expect([Object.keys(keys), skipped]).toEqual([['ecdsa'], 2]);
});

it('refuses what is no usable set of keys', () => {
  const key = made.ed25519.privateKey;
  const lines = key.split('\n');
  const body = Buffer.from(lines.slice(1, -2).join(''), 'base64');
  const withBody = (bytes: Buffer) => `${lines[0]}\n${bytes.toString('base64')}\n${lines.at(-2)}\n`;
  const changed = (at: number) => {
    const copy = Buffer.from(body);
    copy[at] = (copy[at] ?? 0) ^ 1;
    return withBody(copy);
  };
  // Behind the magic, the three words on encryption, the count, the public key and the length of the rest.
  const firstCheckNumber = 15 + 8 + 8 + 4 + 4 + (4 + 51) + 4;
  const rsaChanged = made.rsa.privateKey.split('\n');
  const middle = 20;
  rsaChanged[middle] = [...(rsaChanged[middle] ?? '')].reverse().join('');
  const small = pem(generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey, 'pkcs1');
  const sealed = rsa2048.export({ type: 'pkcs1', format: 'pem', cipher: 'aes-128-cbc', passphrase: 'x' }).toString();
  const sealed8 = rsa2048.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-128-cbc', passphrase: 'x' }).toString();
  const none = Buffer.from('none');
  const locked = Buffer.from(body);
  Buffer.from('aesX').copy(locked, body.indexOf(none));
  const table: [string, string, string][] = [
    ['nothing', '', 'none-found'],
    ['public keys only', made.rsa.publicKey, 'none-found'],
    ['a certificate', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----', 'none-found'],
    ['megabytes', 'x'.repeat(1 << 22), 'too-long'],
    ['many beginnings', '-----BEGIN PRIVATE KEY-----'.repeat(2400), 'damaged'],
    ['no end', lines.slice(0, -2).join('\n'), 'damaged'],
    ['another end', key.replace('END OPENSSH', 'END RSA'), 'damaged'],
    ['one good, one without end', `${made.rsa.privateKey}${lines.slice(0, -2).join('\n')}`, 'damaged'],
    ['an empty body', `${lines[0]}\n${lines.at(-2)}`, 'damaged'],
    ['a body cut off', withBody(body.subarray(0, 150)), 'damaged'],
    ['another magic', changed(0), 'damaged'],
    ['check numbers that differ', changed(firstCheckNumber), 'damaged'],
    ['a private half of another key', changed(body.length - 60), 'damaged'],
    ['an rsa key with a line reversed', rsaChanged.join('\n'), 'damaged'],
    ['nonsense in PEM', '-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----', 'damaged'],
    ['a passphrase', withBody(locked), 'passphrase'],
    ['a passphrase in PEM', sealed, 'passphrase'],
    ['a passphrase in PKCS#8', sealed8, 'passphrase'],
    ['rsa of 1024 bits', small, 'rsa-too-short'],
    ['one key twice', key + key, 'twice-one-type'],
  ];
  expect(table.map(([what, text]) => [what, codeOf(text)])).toEqual(table.map(([what, , code]) => [what, code]));
});

it('says what to do and nothing of the key', () => {
  for (const sentence of Object.values(hostKeyImportFaults)) expect(sentence).toMatch(/^[A-Z].{30,}/);
  expect(() => readHostKeys(made.rsa.privateKey.slice(0, 900), '')).toThrow(hostKeyImportFaults.damaged);
});
