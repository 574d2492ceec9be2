import type { HostKeyPair } from '@lxdm/domain';
import type { ContainerWork } from '@lxdm/entities';
import * as fc from 'fast-check';
import { parse } from 'yaml';
import { instanceRequest } from './instance-request';

const work = (given: Partial<ContainerWork> = {}): ContainerWork =>
  ({
    id: '6a1f0c0e-0000-4000-8000-000000000001',
    name: 'Web',
    image: 'debian/12',
    nesting: false,
    hwaddrEth0: '00:16:3e:00:00:01',
    hwaddrEth1: '00:16:3e:00:00:02',
    ...given,
  }) as ContainerWork;

const key = (type: HostKeyPair['type'], privateKey = `private ${type}\n`): HostKeyPair => ({
  type,
  publicKey: `public ${type}`,
  privateKey,
});
const secrets = {
  hostKeys: [key('ed25519'), key('ecdsa'), key('rsa')],
  authorizedKeys: ['ssh-ed25519 AAAA me'],
  zone: 'ct.example.org.',
};

const document = (text: string | undefined): Record<string, unknown> => parse(text ?? '') as Record<string, unknown>;

describe('instanceRequest', () => {
  it('is marked as ours, with our hardware addresses, from an image by alias or fingerprint', () => {
    const request = instanceRequest(work(), secrets);
    expect(request).toMatchObject({ name: 'Web', type: 'container', source: { type: 'image', alias: 'debian/12' } });
    expect(request.config).toMatchObject({
      'user.lxd-manager.id': work().id,
      'volatile.eth0.hwaddr': '00:16:3e:00:00:01',
      'volatile.eth1.hwaddr': '00:16:3e:00:00:02',
    });
    const fingerprint = 'ab'.repeat(32);
    expect(instanceRequest(work({ image: fingerprint }), secrets).source).toEqual({ type: 'image', fingerprint });
  });

  it.each([
    [true, 'true'],
    [false, undefined],
  ])('with nesting %s', (nesting, expected) => {
    expect(instanceRequest(work({ nesting }), secrets).config?.['security.nesting']).toBe(expected);
  });

  it('gives LXD nothing but texts, under keys that it takes from anybody', () => {
    for (const [name, value] of Object.entries(instanceRequest(work({ nesting: true }), secrets).config ?? {})) {
      expect(typeof value).toBe('string');
      expect(name).toMatch(/^(user\.|volatile\.eth[01]\.hwaddr$|security\.nesting$)/);
    }
  });

  it('carries every host key in cloud-init’s words, and its name in the zone', () => {
    const vendor = document(instanceRequest(work(), secrets).config?.['user.vendor-data']);
    expect(JSON.stringify(vendor)).toContain('web.ct.example.org');
    expect(vendor['ssh_keys']).toEqual({
      ed25519_private: 'private ed25519\n',
      ed25519_public: 'public ed25519',
      ecdsa_private: 'private ecdsa\n',
      ecdsa_public: 'public ecdsa',
      rsa_private: 'private rsa\n',
      rsa_public: 'public rsa',
    });
  });

  it('the network document speaks of the hardware addresses that the request sets', () => {
    const network = document(instanceRequest(work(), secrets).config?.['user.network-config']);
    expect(network).toMatchObject({
      version: 1,
      config: [{ mac_address: '00:16:3e:00:00:01' }, { mac_address: '00:16:3e:00:00:02' }],
    });
  });

  it('survives whatever stands in a key: it comes out of the YAML as it went in, and breaks nothing around it', () => {
    const line = fc.oneof(
      fc.constantFrom(
        'ssh-ed25519 AAAA DOMAIN\\user',
        'ssh-rsa AAAA me"x',
        "k ' # : - {}",
        '- a: b',
        '%YAML',
        '*x &y !z',
        'yes',
        '12:30',
      ),
      fc.string({ unit: 'grapheme', minLength: 1 }),
    );
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 5 }), line, (authorizedKeys, privateKey) => {
        const hostKeys = [key('ed25519', privateKey)];
        const config = instanceRequest(work(), { ...secrets, authorizedKeys, hostKeys }).config ?? {};
        expect(config['user.user-data']?.startsWith('#cloud-config\n')).toBe(true);
        expect(JSON.stringify(document(config['user.user-data']))).toContain(
          JSON.stringify(authorizedKeys[0]).slice(1, -1),
        );
        expect(document(config['user.vendor-data'])['ssh_keys']).toMatchObject({ ed25519_private: privateKey });
      }),
      { numRuns: 200 },
    );
  });
});
