import type { IncomingMessage } from 'node:http';
import { TLSSocket } from 'node:tls';
import type { FakeRequest } from './fake-request';
import { LxdRefusal } from './lxd-refusal';
import { RequestBody } from './request-body';

/** Reads a request to its end and finds out who sends it. */
export async function readRequest(
  request: IncomingMessage,
  isTrusted: (fingerprint: string) => boolean,
): Promise<FakeRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array));
  const raw = Buffer.concat(chunks);
  const url = new URL(request.url ?? '/', 'https://fake');
  const [, version = '', ...rest] = url.pathname.split('/');
  const { socket } = request;
  const certificate = socket instanceof TLSSocket ? socket.getPeerX509Certificate() : undefined;
  const fingerprint = certificate?.fingerprint256.replace(/:/g, '').toLowerCase();
  const json = !url.pathname.endsWith('/files');
  return {
    method: request.method ?? 'GET',
    path: url.pathname,
    segments: version === '1.0' ? rest.map(decoded) : [version, ...rest],
    query: url.searchParams,
    headers: request.headers,
    raw,
    body: json ? RequestBody.parse(raw) : RequestBody.of(undefined),
    client:
      certificate === undefined || fingerprint === undefined ? undefined : { fingerprint, pem: certificate.toString() },
    trusted: fingerprint !== undefined && isTrusted(fingerprint),
  };
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch (cause) {
    if (cause instanceof URIError) throw new LxdRefusal(400, 'Bad Request');
    throw cause;
  }
}
