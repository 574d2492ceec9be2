import { createHash, X509Certificate } from 'node:crypto';
import { connect, type PeerCertificate, type TLSSocket } from 'node:tls';
import { CertificateChangedError, LxdError } from './errors';
import type { HostAddress } from './host-address';
import { connectionError } from './socket-errors';

/** How to open a connection: our certificate, and the fingerprint that the server has to show. */
export interface TlsIdentity {
  readonly clientCert?: string;
  readonly clientKey?: string;
  /** sha256 of the server certificate's DER in lower hex; without it the usual CAs decide. */
  readonly pin?: string;
}

/** sha256 in lower hex of a certificate in DER, as `lxc info` shows it. */
export function fingerprintOf(der: Uint8Array): string {
  return createHash('sha256').update(der).digest('hex');
}

/** Accepts `AB:CD…` and upper case, as people paste fingerprints. */
export function normalizeFingerprint(text: string): string {
  return text.replace(/[:\s]/g, '').toLowerCase();
}

/** A TLS connection whose certificate was compared with the pin; no byte of HTTP was written to it yet. */
export async function connectTls(
  address: HostAddress,
  identity: TlsIdentity,
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<TLSSocket> {
  const socket = await handshake(address, identity, timeoutMs, signal);
  if (identity.pin === undefined) return socket;
  const actual = peerFingerprint(socket);
  const expected = normalizeFingerprint(identity.pin);
  if (actual === expected) return socket;
  socket.destroy();
  throw new CertificateChangedError(address.origin, expected, actual ?? 'none');
}

/** The certificate that a server shows. */
export interface ProbedCertificate {
  readonly fingerprint: string;
  readonly pem: string;
}

/** First contact: reads the certificate from the handshake and hangs up without a byte of HTTP; nobody is trusted by it. */
export async function probeTls(
  address: HostAddress,
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<ProbedCertificate> {
  const socket = await handshake(address, { pin: '' }, timeoutMs, signal);
  const raw = peerCertificate(socket)?.raw;
  socket.destroy();
  if (raw === undefined) throw new LxdError('garbage', `${address.origin} showed no certificate`);
  return { fingerprint: fingerprintOf(raw), pem: new X509Certificate(raw).toString() };
}

function handshake(
  address: HostAddress,
  identity: TlsIdentity,
  timeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const socket = connect({
      host: address.hostname,
      port: address.port,
      servername: address.servername,
      cert: identity.clientCert,
      key: identity.clientKey,
      minVersion: 'TLSv1.2',
      ALPNProtocols: ['http/1.1'],
      // Hosts sign their own certificates. Unverified is allowed only where the caller compares the fingerprint.
      rejectUnauthorized: identity.pin === undefined,
    });
    const settle = (finish: () => void): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      socket.off('error', onError).off('close', onClose).off('secureConnect', onSecure);
      finish();
    };
    const fail = (error: LxdError): void =>
      settle(() => {
        // A socket may still report an error after it was given up.
        socket.on('error', () => undefined).destroy();
        reject(error);
      });
    const onError = (cause: Error): void => fail(connectionError(address.origin, cause));
    const onClose = (): void => fail(new LxdError('unreachable', `${address.origin} hung up during the TLS handshake`));
    const onAbort = (): void => fail(new LxdError('cancelled', `Connecting to ${address.origin} was cancelled`));
    const onSecure = (): void => settle(() => resolve(socket.setNoDelay(true).setKeepAlive(true, 10_000)));
    const timer = setTimeout(
      () => fail(new LxdError('timeout', `${address.origin} did not complete a connection within ${timeoutMs} ms`)),
      timeoutMs,
    );
    socket.once('error', onError).once('close', onClose).once('secureConnect', onSecure);
    signal?.addEventListener('abort', onAbort, { once: true });
    if (signal?.aborted === true) onAbort();
  });
}

function peerCertificate(socket: TLSSocket): PeerCertificate | undefined {
  const certificate = socket.getPeerCertificate();
  // Node answers an empty object where there is none.
  return Object.keys(certificate).length === 0 ? undefined : certificate;
}

function peerFingerprint(socket: TLSSocket): string | undefined {
  const certificate = peerCertificate(socket);
  return certificate === undefined ? undefined : fingerprintOf(certificate.raw);
}
