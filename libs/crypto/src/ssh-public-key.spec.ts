import { generateKeyPairSync } from 'node:crypto';
import { publicBlob } from './openssh-private-key';
import { SshKeyError, sshKeyFaults } from './ssh-key-error';
import { parseSshPublicKey } from './ssh-public-key';
import { sshMpint, sshString } from './ssh-wire';

const base64 = (...parts: Buffer[]) => Buffer.concat(parts).toString('base64');
const edPoint = Buffer.alloc(32, 7);
const ed = base64(sshString('ssh-ed25519'), sshString(edPoint));

function ecPoint(curve: 'P-256' | 'P-384' | 'P-521'): Buffer {
  const { x, y } = generateKeyPairSync('ec', { namedCurve: curve }).publicKey.export({ format: 'jwk' });
  return Buffer.concat([Buffer.from([4]), Buffer.from(x ?? '', 'base64url'), Buffer.from(y ?? '', 'base64url')]);
}

const p256 = ecPoint('P-256');
const ec = (name: string, curve: string, point: Buffer, ...rest: Buffer[]) =>
  base64(sshString(name), sshString(curve), sshString(point), ...rest);
const rsaBlob = (bits: number) =>
  publicBlob('rsa', generateKeyPairSync('rsa', { modulusLength: bits }).publicKey).toString('base64');
const odd = (length: number, first = 0xc1) => {
  const number = Buffer.alloc(length, 0xc1);
  number[0] = first;
  return number;
};
const rsaOf = (exponent: Buffer, modulus: Buffer) =>
  base64(sshString('ssh-rsa'), sshMpint(exponent), sshMpint(modulus));
const e65537 = Buffer.from([1, 0, 1]);

function codeOf(text: string): string {
  try {
    parseSshPublicKey(text);
  } catch (error) {
    if (error instanceof SshKeyError) return error.code;
    throw error;
  }
  return 'accepted';
}

describe('a key that is accepted', () => {
  it.each([
    ['ed25519', 'ssh-ed25519', ed],
    ['ecdsa 256', 'ecdsa-sha2-nistp256', ec('ecdsa-sha2-nistp256', 'nistp256', p256)],
    ['ecdsa 384', 'ecdsa-sha2-nistp384', ec('ecdsa-sha2-nistp384', 'nistp384', ecPoint('P-384'))],
    ['ecdsa 521', 'ecdsa-sha2-nistp521', ec('ecdsa-sha2-nistp521', 'nistp521', ecPoint('P-521'))],
    ['rsa 2048', 'ssh-rsa', rsaBlob(2048)],
    ['rsa 4096', 'ssh-rsa', rsaBlob(4096)],
    [
      'a security key',
      'sk-ssh-ed25519@openssh.com',
      base64(sshString('sk-ssh-ed25519@openssh.com'), sshString(edPoint), sshString('ssh:')),
    ],
    [
      'an ecdsa security key',
      'sk-ecdsa-sha2-nistp256@openssh.com',
      ec('sk-ecdsa-sha2-nistp256@openssh.com', 'nistp256', p256, sshString('ssh:')),
    ],
  ])('%s', (_, type, blob) => {
    const key = parseSshPublicKey(`${type} ${blob} me@example.org`);
    expect(key).toMatchObject({ type, comment: 'me@example.org', line: `${type} ${blob} me@example.org` });
    expect(key.fingerprint).toMatch(/^SHA256:[A-Za-z0-9+/]{43}$/);
    expect(key.blob.toString('base64')).toBe(blob);
  });

  it('comes with line end and spaces around it', () => {
    for (const text of [`  ssh-ed25519   ${ed}   me  \r\n`, `\nssh-ed25519 ${ed} me\n\n`])
      expect(parseSshPublicKey(text).line).toBe(`ssh-ed25519 ${ed} me`);
  });
});

describe('a comment is data', () => {
  it.each([
    ['none', ''],
    ['a Windows domain', 'DOMAIN\\user'],
    ['a double quote', 'me"x'],
    ['single quotes', "it's ''me''"],
    ['YAML', 'x: [a, b] # {c} - |'],
    ['more YAML', '&a *b !!c %d @e `f'],
    ['a shell', '$(id); `id` && rm -rf / | cat'],
    ['markup', '<script>alert(1)</script>'],
    ['other letters', 'Zoë 電腦 \u{1F511}'],
    ['another key', `ssh-ed25519 ${ed}`],
    ['several words', 'my old  laptop'],
    ['255 characters', 'c'.repeat(255)],
  ])('%s', (_, comment) => {
    const key = parseSshPublicKey(`ssh-ed25519 ${ed} ${comment}`);
    expect(key.comment).toBe(comment);
    expect(key.line).toBe(`ssh-ed25519 ${ed}${comment && ` ${comment}`}`);
  });
});

describe('a text that is refused', () => {
  const privateKey = '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXk\n-----END OPENSSH PRIVATE KEY-----\n';
  it.each([
    ['nothing', '', 'empty'],
    ['white space', ' \n ', 'empty'],
    ['a private key', privateKey, 'private-key'],
    ['a PEM private key', privateKey.replaceAll('OPENSSH', 'RSA'), 'private-key'],
    ['a PKCS#8 private key', privateKey.replaceAll('OPENSSH ', ''), 'private-key'],
    ['a PuTTY private key', 'PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none', 'private-key'],
    ['a private key behind a public one', `ssh-ed25519 ${ed} me\n${privateKey}`, 'private-key'],
    ['the SSH2 format', `---- BEGIN SSH2 PUBLIC KEY ----\n${ed}\n---- END SSH2 PUBLIC KEY ----`, 'other-format'],
    ['a PEM public key', '-----BEGIN PUBLIC KEY-----\nMFkw\n-----END PUBLIC KEY-----', 'other-format'],
    ['two keys', `ssh-ed25519 ${ed} a\nssh-ed25519 ${ed} b`, 'several-lines'],
    ['a broken line', `ssh-ed25519 ${ed.slice(0, 30)}\n${ed.slice(30)}`, 'several-lines'],
    ['a carriage return', `ssh-ed25519 ${ed} a\rssh-ed25519 ${ed} b`, 'several-lines'],
    ['NUL in the comment', `ssh-ed25519 ${ed} a\0b`, 'control-character'],
    ['NUL at the end', `ssh-ed25519 ${ed} a\0`, 'control-character'],
    ['escape in the comment', `ssh-ed25519 ${ed} a\x1b[31mb`, 'control-character'],
    ['a tab', `ssh-ed25519\t${ed}`, 'control-character'],
    ['DEL', `ssh-ed25519 ${ed} a\x7f`, 'control-character'],
    ['next line (C1)', `ssh-ed25519 ${ed} a\u0085b`, 'control-character'],
    ['a line separator', `ssh-ed25519 ${ed} a\u2028b`, 'control-character'],
    ['a text turned round', `ssh-ed25519 ${ed} a\u202eb`, 'control-character'],
    ['half a surrogate pair', `ssh-ed25519 ${ed} a\ud800b`, 'control-character'],
    ['options', `command="id",no-pty ssh-ed25519 ${ed} me`, 'options'],
    ['an option without value', `restrict ssh-ed25519 ${ed}`, 'options'],
    ['cert-authority', `cert-authority ssh-ed25519 ${ed}`, 'options'],
    ['a known_hosts line', `example.org ssh-ed25519 ${ed}`, 'options'],
    ['a comment sign', `# ssh-ed25519 ${ed}`, 'options'],
    ['dsa', `ssh-dss ${base64(sshString('ssh-dss'), sshMpint(odd(128)))}`, 'dsa'],
    ['a certificate', `ssh-ed25519-cert-v01@openssh.com ${ed}`, 'certificate'],
    ['another type', `ssh-ed448 ${ed}`, 'type-not-allowed'],
    ['another curve', `ecdsa-sha2-1.3.132.0.10 ${ed}`, 'type-not-allowed'],
    ['a signature name', `rsa-sha2-256 ${ed}`, 'not-a-key'],
    ['prose', 'here is my key, thanks', 'not-a-key'],
    ['the key alone', ed, 'not-a-key'],
    ['capitals', `SSH-ED25519 ${ed}`, 'not-a-key'],
    ['a name of Object.prototype', `constructor ${ed}`, 'not-a-key'],
    ['the type alone', 'ssh-ed25519', 'bad-base64'],
    ['base64 cut off', `ssh-ed25519 ${ed.slice(0, -3)} me`, 'bad-base64'],
    ['no base64', `ssh-ed25519 ${ed.slice(0, 20)}*${ed.slice(21)}`, 'bad-base64'],
    ['base64 of URLs', `ssh-ed25519 ${Buffer.alloc(51, 0xff).toString('base64url')}`, 'bad-base64'],
    ['a comment of 256 characters', `ssh-ed25519 ${ed} ${'c'.repeat(256)}`, 'comment-too-long'],
    ['over 16 kB', `ssh-ed25519 ${ed} ${'c'.repeat(16 * 1024)}`, 'too-long'],
    ['ten megabytes', `ssh-ed25519 ${'A'.repeat(10 << 20)}`, 'too-long'],
    ['ten megabytes of line ends', '\n'.repeat(10 << 20), 'too-long'],
  ])('%s', (_, text, code) => {
    expect(codeOf(text)).toBe(code);
  });
});

describe('a blob that is not what it says', () => {
  const offCurve = Buffer.from(p256);
  offCurve[64] = (offCurve[64] ?? 0) ^ 1;
  const padded = (number: Buffer) => sshString(Buffer.concat([Buffer.from([0, 0]), number]));
  it.each([
    ['another type inside', 'ssh-rsa', ed, 'type-mismatch'],
    ['a plain key as a security key', 'sk-ssh-ed25519@openssh.com', ed, 'type-mismatch'],
    ['another curve inside', 'ecdsa-sha2-nistp256', ec('ecdsa-sha2-nistp256', 'nistp384', p256), 'type-mismatch'],
    ['nothing inside', 'ssh-ed25519', base64(sshString('')), 'type-mismatch'],
    ['three bytes', 'ssh-ed25519', 'AAAA', 'bad-blob'],
    ['a length beyond the end', 'ssh-ed25519', base64(Buffer.from([255, 255, 255, 255]), edPoint), 'bad-blob'],
    ['no point', 'ssh-ed25519', base64(sshString('ssh-ed25519')), 'bad-blob'],
    ['a short point', 'ssh-ed25519', base64(sshString('ssh-ed25519'), sshString(Buffer.alloc(31))), 'bad-blob'],
    ['bytes after the key', 'ssh-ed25519', base64(sshString('ssh-ed25519'), sshString(edPoint), edPoint), 'bad-blob'],
    ['a point off the curve', 'ecdsa-sha2-nistp256', ec('ecdsa-sha2-nistp256', 'nistp256', offCurve), 'bad-blob'],
    [
      'a compressed point',
      'ecdsa-sha2-nistp256',
      ec('ecdsa-sha2-nistp256', 'nistp256', p256.subarray(0, 33)),
      'bad-blob',
    ],
    [
      'a security key without application',
      'sk-ssh-ed25519@openssh.com',
      base64(sshString('sk-ssh-ed25519@openssh.com'), sshString(edPoint), sshString('')),
      'bad-blob',
    ],
    ['rsa of 1024 bits', 'ssh-rsa', rsaBlob(1024), 'rsa-too-short'],
    ['rsa of 2047 bits', 'ssh-rsa', rsaOf(e65537, odd(256, 0x41)), 'rsa-too-short'],
    ['rsa of 16392 bits', 'ssh-rsa', rsaOf(e65537, odd(2049)), 'bad-blob'],
    ['an even modulus', 'ssh-rsa', rsaOf(e65537, Buffer.alloc(256, 0xc2)), 'bad-blob'],
    ['an even exponent', 'ssh-rsa', rsaOf(Buffer.from([4]), odd(256)), 'bad-blob'],
    ['exponent one', 'ssh-rsa', rsaOf(Buffer.from([1]), odd(256)), 'bad-blob'],
    ['exponent zero', 'ssh-rsa', rsaOf(Buffer.from([0]), odd(256)), 'bad-blob'],
    ['a padded modulus', 'ssh-rsa', base64(sshString('ssh-rsa'), sshMpint(e65537), padded(odd(256))), 'bad-blob'],
    ['a negative modulus', 'ssh-rsa', base64(sshString('ssh-rsa'), sshMpint(e65537), sshString(odd(256))), 'bad-blob'],
  ])('%s', (_, type, blob, code) => {
    expect(codeOf(`${type} ${blob}`)).toBe(code);
  });

  it('the shortest rsa key is the one of exactly 2048 bits', () => {
    expect(codeOf(`ssh-rsa ${rsaOf(e65537, odd(256, 0x81))}`)).toBe('accepted');
  });
});

it('an error says what to do and nothing of what was pasted', () => {
  for (const sentence of Object.values(sshKeyFaults)) expect(sentence).toMatch(/^[A-Z].{30,}\.$/);
  expect(new SshKeyError('private-key').message).toContain('This is a private key');
  expect(() => parseSshPublicKey('hunter2 is my secret')).toThrow(/^(?!.*hunter2)/);
});
