import { CertificateChangedError, decodeTrustToken, probeCertificate } from '../../src/index';
import { selfSigned } from '@lxdm/testing';
import type { Bench } from './target';

/** First contact, password, token, pin. */
export function describeTrust(bench: () => Bench): void {
  describe('trust', () => {
    it('shows its certificate before anybody is trusted', async () => {
      const { target } = bench();
      const probed = await probeCertificate(target.url);
      expect(probed.fingerprint).toBe(target.fingerprint);
      expect(probed.pem).toMatch(/^-----BEGIN CERTIFICATE-----/);
    });

    it('answers a stranger who it is, and nothing else', async () => {
      const stranger = bench().connect(selfSigned('stranger'));
      const server = await stranger.server();
      expect(server).toMatchObject({ auth: 'untrusted', api_version: '1.0' });
      expect(server.environment).toBeUndefined();
      expect(await stranger.isTrusted()).toBe(false);
      await expect(stranger.instances.list()).rejects.toMatchObject({
        kind: 'not-trusted',
        status: 403,
        lxdMessage: 'not authorized',
      });
      await stranger.close();
    });

    it('refuses a wrong password', async () => {
      const stranger = bench().connect(selfSigned('stranger'));
      await expect(stranger.trustByPassword('contract', 'wrong')).rejects.toMatchObject({
        kind: 'not-trusted',
        lxdMessage: 'not authorized',
      });
      await stranger.close();
    });

    it('trusts by password, a second time as well, and forgets on request', async () => {
      const client = selfSigned('contract');
      const host = bench().connect(client);
      await host.trustByPassword('contract', bench().target.trustPassword);
      await host.trustByPassword('contract', bench().target.trustPassword);
      expect(await host.isTrusted()).toBe(true);
      expect((await host.server()).environment).toMatchObject({
        server: 'lxd',
        certificate_fingerprint: bench().target.fingerprint,
      });
      await host.certificates.delete(client.fingerprint);
      await expect(host.instances.list()).rejects.toMatchObject({ kind: 'not-trusted', retryable: false });
      await host.close();
    });

    it('takes a token once', async () => {
      const token = await bench().target.issueToken('contract-token');
      const decoded = decodeTrustToken(token);
      expect(decoded).toMatchObject({ clientName: 'contract-token', fingerprint: bench().target.fingerprint });
      expect(decoded.addresses.length).toBeGreaterThan(0);
      const [first, second] = [selfSigned('first'), selfSigned('second')];
      const [one, two] = [bench().connect(first), bench().connect(second)];
      await one.trustByToken('contract', token);
      expect(await one.isTrusted()).toBe(true);
      await expect(two.trustByToken('contract', token)).rejects.toMatchObject({
        kind: 'not-trusted',
        lxdMessage: 'No matching certificate add operation found',
      });
      await one.certificates.delete(first.fingerprint);
      await Promise.all([one.close(), two.close()]);
    });

    it('is not spoken to if it shows another certificate than the pinned one', async () => {
      const host = bench().connect(bench().client, 'ab'.repeat(32));
      const error: unknown = await host.server().catch((caught: unknown) => caught);
      expect(error).toBeInstanceOf(CertificateChangedError);
      expect(error).toMatchObject({ expected: 'ab'.repeat(32), actual: bench().target.fingerprint, retryable: false });
      await host.close();
    });
  });
}
