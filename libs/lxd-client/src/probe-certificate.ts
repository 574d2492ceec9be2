import { parseHostUrl } from './host-address';
import { probeTls, type ProbedCertificate } from './pinned-tls';
import { defaultTimeouts, type CallOptions } from './timeouts';

/** First contact with a host: the fingerprint and PEM of the certificate that it shows, without sending any HTTP byte. */
export async function probeCertificate(url: string, options: CallOptions = {}): Promise<ProbedCertificate> {
  return probeTls(parseHostUrl(url), options.timeouts?.connectMs ?? defaultTimeouts.connectMs, options.signal);
}
