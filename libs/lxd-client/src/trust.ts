import type { Api } from './api';
import { CertificateChangedError, isLxdError } from './errors';
import { normalizeFingerprint } from './pinned-tls';
import type { CallOptions } from './timeouts';
import { decodeTrustToken } from './trust-token';
import type { CertificatesPost } from './wire/certificate';
import type { Server } from './wire/server';

/** Registers our client certificate with a trust password; fine if it is trusted already. */
export async function trustByPassword(api: Api, name: string, password: string, options: CallOptions): Promise<void> {
  await postCertificate(api, { type: 'client', name, password }, options);
}

/** Registers our client certificate with a token, in the way that this server understands. */
export async function trustByToken(
  api: Api,
  pin: string | undefined,
  name: string,
  token: string,
  options: CallOptions,
): Promise<void> {
  const compact = token.replace(/\s/g, '');
  const { fingerprint } = decodeTrustToken(compact);
  if (pin !== undefined && normalizeFingerprint(pin) !== fingerprint) {
    // The token was made by another server than the one that is pinned: its secret must not go there.
    throw new CertificateChangedError(api.origin, fingerprint, normalizeFingerprint(pin));
  }
  const server = await api.get<Server>([], options);
  if (server.auth === 'trusted') return;
  // LXD 5.0 has no explicit_trust_token: it refuses that field and takes the whole token as the password.
  const explicit = server.api_extensions.includes('explicit_trust_token');
  await postCertificate(
    api,
    { type: 'client', name, ...(explicit ? { trust_token: compact } : { password: compact }) },
    options,
  );
}

async function postCertificate(api: Api, body: CertificatesPost, options: CallOptions): Promise<void> {
  try {
    await api.call('POST', ['certificates'], { ...options, body });
  } catch (error) {
    // "Client is already trusted" (LXD), "Certificate already in trust store" (Incus): what was asked for is so.
    if (isLxdError(error) && /already (in trust store|trusted)/i.test(error.lxdMessage ?? '')) return;
    throw error;
  }
}
