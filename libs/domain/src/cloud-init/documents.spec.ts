import fc from 'fast-check';
import { parse } from 'yaml';
import { HostKeyPair, networkConfig, userData, vendorData } from './documents';

const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDzq';
const PRIVATE = `-----BEGIN OPENSSH PRIVATE KEY-----\n${'b3BlbnNzaC1rZXktdjEAAAAABG5v\n'.repeat(3)}-----END OPENSSH PRIVATE KEY-----\n`;

/** What a reader of either YAML version makes of it. */
function read(document: string): unknown {
  const [modern, old] = (['1.2', '1.1'] as const).map((version): unknown => parse(document, { version }));
  expect(old).toEqual(modern);
  return modern;
}

it.each([
  'me@example.org',
  'DOMAIN\\user',
  'C:\\new\\table\\x41',
  'me"x',
  '"quoted"',
  "o'brien",
  'a: b',
  'key # no comment',
  '#cloud-config',
  '- item',
  '{a: b}',
  '[a, b]',
  '&anchor *alias',
  '!!python/object:os.system',
  '| block',
  '> folded',
  '%YAML 1.1',
  '---',
  '...',
  '${HOME} $(id) `id`',
  '{{ config_get("user.secret") }} {% raw %}',
  'Jürgen Müller 东京 🚀',
  'zero\u200bwidth',
  'next\u0085line',
  'line\u2028separator\u2029',
  '\ufeffbyte order',
  'bell\u0007 delete\u007f control\u009f',
  'not a character \uffff \ufffe',
  'tab\there',
  'trailing space ',
  'x'.repeat(2_000),
])('a key with the comment %j stays one key', (comment) => {
  const document = userData([`${KEY} ${comment}`, KEY]);
  expect(document.startsWith('#cloud-config\n')).toBe(true);
  expect(read(document)).toEqual({ disable_root: false, ssh_authorized_keys: [`${KEY} ${comment}`, KEY] });
});

it.each(['yes', 'null', '~', '12:30:45', '1_000', '0o17', '017', '1e3', '2001-01-01', '=', '<<', ''])(
  'the text %j stays text',
  (text) => {
    expect(read(userData([text]))).toEqual({ disable_root: false, ssh_authorized_keys: [text] });
  },
);

it('reads as what was written, for any text, and has only what YAML 1.1 allows in a stream', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' })), (keys) => {
      const document = userData(keys);
      expect(read(document)).toEqual({ disable_root: false, ssh_authorized_keys: keys });
      // The characters that PyYAML's reader takes, less those that it takes for line breaks.
      expect(document).toMatch(
        /^[\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]*$/u,
      );
    }),
    { numRuns: 200 },
  );
});

it('says so when nobody may log in', () => {
  expect(read(userData([]))).toEqual({ disable_root: false, ssh_authorized_keys: [] });
});

it('host keys of several lines survive to the last line end', () => {
  const keys: HostKeyPair[] = (['ed25519', 'ecdsa', 'rsa'] as const).map((type) => ({
    type,
    privateKey: PRIVATE,
    publicKey: `ssh-${type} AAAA web1`,
  }));
  const document = vendorData('web1.ct.example.org', keys);
  expect(document.startsWith('#cloud-config\n')).toBe(true);
  expect(read(document)).toEqual({
    fqdn: 'web1.ct.example.org',
    prefer_fqdn_over_hostname: false,
    ssh_deletekeys: true,
    ssh_keys: {
      ed25519_private: PRIVATE,
      ed25519_public: 'ssh-ed25519 AAAA web1',
      ecdsa_private: PRIVATE,
      ecdsa_public: 'ssh-ecdsa AAAA web1',
      rsa_private: PRIVATE,
      rsa_public: 'ssh-rsa AAAA web1',
    },
  });
});

it.each([
  ['00:16:3e:12:34:56', '00:16:3e:65:43:21'],
  // All digits: a number to base 60 for a reader of YAML 1.1.
  ['10:16:30:12:34:56', '12:34:56:11:22:33'],
])('the network configuration of %s and %s', (eth0, eth1) => {
  expect(read(networkConfig({ eth0, eth1 }))).toEqual({
    version: 1,
    config: [
      { type: 'physical', name: 'eth0', mac_address: eth0, subnets: [{ type: 'dhcp' }] },
      { type: 'physical', name: 'eth1', mac_address: eth1, subnets: [{ type: 'ipv6_slaac' }] },
    ],
  });
});
