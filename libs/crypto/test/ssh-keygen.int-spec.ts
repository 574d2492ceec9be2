import { execFile } from 'node:child_process';
import { createHash, createPrivateKey } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  generateHostKeys,
  hostKeyFrom,
  parseSshPublicKey,
  readHostKeys,
  type SshHostKey,
  sshfpOf,
  sshfpText,
} from '../src';

// Key generation is a matter of luck, and argon2 of memory: a busy machine may take its time.
jest.setTimeout(60_000);

const run = promisify(execFile);
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lxdm-ssh-keygen-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function keygen(...args: string[]): Promise<string> {
  return (await run('ssh-keygen', args, { timeout: 50_000 })).stdout.trim();
}

/** What OpenSSH itself says about a private key of ours. */
async function asOpensshSees(key: SshHostKey, name: string) {
  const path = join(folder, name);
  await writeFile(path, key.privateKey, { mode: 0o600 });
  await writeFile(`${path}.pub`, `${key.publicKey}\n`);
  return {
    publicKey: await keygen('-y', '-f', path),
    listed: await keygen('-l', '-f', `${path}.pub`),
    sshfp: await keygen('-r', 'host', '-f', `${path}.pub`),
  };
}

describe('OpenSSH reads what we generate', () => {
  it.each([1, 2, 3])('set %d', async (round) => {
    const keys = await generateHostKeys(`host${round}`);
    for (const key of Object.values(keys)) {
      const seen = await asOpensshSees(key, `own-${key.type}-${round}`);
      expect(seen.publicKey).toBe(key.publicKey);
      const bits = { ed25519: 256, ecdsa: 256, rsa: 3072 }[key.type];
      expect(seen.listed).toBe(`${bits} ${key.fingerprint} host${round} (${key.type.toUpperCase()})`);
      expect(seen.sshfp.split('\n')).toContain(`host IN SSHFP ${sshfpText(key.sshfp)}`);
    }
  });

  it('also where the public half begins with a zero byte', async () => {
    const seed = createHash('sha256').update('s787').digest();
    const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
    const key = hostKeyFrom('ed25519', createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }), 'zero');
    expect((await asOpensshSees(key, 'zero')).publicKey).toBe(key.publicKey);
  });
});

describe('we read what OpenSSH generates', () => {
  it.each([
    ['ed25519', []],
    ['ecdsa', ['-b', '256']],
    ['rsa', ['-b', '3072']],
    ['rsa', ['-b', '2048', '-m', 'PEM']],
    ['rsa', ['-b', '2048', '-m', 'PKCS8']],
    ['ecdsa', ['-b', '256', '-m', 'PEM']],
    ['ecdsa', ['-b', '256', '-m', 'PKCS8']],
  ] as const)('as a host key: %s %j', async (type, options) => {
    const path = join(folder, `theirs-${type}-${options.join('')}`);
    await keygen('-q', '-N', '', '-t', type, '-C', 'root@box', '-f', path, ...options);
    const publicKey = (await readFile(`${path}.pub`, 'utf8')).trim();
    const key = readHostKeys(await readFile(path, 'utf8'), 'root@box').keys[type];
    if (!key) throw new Error('not imported');
    expect(key.publicKey).toBe(publicKey);
    expect((await asOpensshSees(key, `again-${type}-${options.join('')}`)).publicKey).toBe(publicKey);
  });

  it.each([
    ['ed25519', []],
    ['ecdsa', ['-b', '256']],
    ['ecdsa', ['-b', '384']],
    ['ecdsa', ['-b', '521']],
    ['rsa', ['-b', '2048']],
    ['rsa', ['-b', '4096']],
  ] as const)('as an authorised key: %s %j', async (type, options) => {
    const path = join(folder, `user-${type}-${options.join('')}`);
    await keygen('-q', '-N', '', '-t', type, '-C', 'DOMAIN\\me "x"', '-f', path, ...options);
    const key = parseSshPublicKey(await readFile(`${path}.pub`, 'utf8'));
    expect(key.comment).toBe('DOMAIN\\me "x"');
    expect((await keygen('-l', '-f', `${path}.pub`)).split(' ')[1]).toBe(key.fingerprint);
    expect((await keygen('-r', 'host', '-f', `${path}.pub`)).split('\n')).toContain(
      `host IN SSHFP ${sshfpText(sshfpOf(key.line))}`,
    );
  });

  it('and refuses one with a passphrase', async () => {
    const path = join(folder, 'locked');
    await keygen('-q', '-N', 'a passphrase', '-t', 'ed25519', '-f', path);
    const text = await readFile(path, 'utf8');
    expect(() => readHostKeys(text, '')).toThrow(expect.objectContaining({ code: 'passphrase' }) as Error);
  });

  it.each([['1024']])('and refuses rsa of %s bits', async (bits) => {
    const path = join(folder, `rsa${bits}`);
    await keygen('-q', '-N', '', '-t', 'rsa', '-b', bits, '-f', path);
    const text = await readFile(`${path}.pub`, 'utf8');
    expect(() => parseSshPublicKey(text)).toThrow(expect.objectContaining({ code: 'rsa-too-short' }) as Error);
  });
});
