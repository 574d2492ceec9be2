import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { createServer as createTls } from 'node:tls';
import { selfSigned } from '@lxdm/testing';
import { CertificateChangedError, LxdHost, probeCertificate, type EventStreamItem } from '../src/index';
import { failure, makeRig, type Rig } from './rig';

describe('the pin', () => {
  let rig: Rig;
  beforeEach(async () => {
    rig = await makeRig();
  });
  afterEach(() => rig.close());

  it.each([(text: string) => text.toUpperCase(), (text: string) => text.replace(/(..)(?=.)/g, '$1:')])(
    'is compared whatever way people write it',
    async (write) => {
      await expect(rig.connect({ pin: write(rig.fake.fingerprint) }).server()).resolves.toMatchObject({
        auth: 'trusted',
      });
    },
  );

  it('stops calls to a host whose certificate changed before a byte of HTTP, and names both fingerprints', async () => {
    const host = rig.connect();
    const expected = rig.fake.fingerprint;
    await host.server();
    rig.fake.changeCertificate();
    rig.fake.counts.reset();
    const error = await failure(host.trustByPassword('manager', rig.fake.trustPassword));
    expect(error).toBeInstanceOf(CertificateChangedError);
    expect(error).toMatchObject({
      kind: 'certificate-changed',
      retryable: false,
      expected,
      actual: rig.fake.fingerprint,
    });
    expect(rig.fake.counts.total).toBe(0);
  });

  it('holds for the event stream too', async () => {
    const host = rig.connect({ pin: 'cd'.repeat(32) });
    let item: EventStreamItem | undefined;
    for await (item of host.events()) break;
    expect(item).toMatchObject({ kind: 'disconnected', reason: { kind: 'certificate-changed' } });
    expect(rig.fake.counts.total).toBe(0);
  });

  it('is not optional: without one a certificate that nobody vouches for is refused', async () => {
    const error = await failure(rig.connect({ pin: undefined }).server());
    expect(error).toMatchObject({ kind: 'certificate-changed', retryable: false });
    expect(rig.fake.counts.total).toBe(0);
  });

  it('keeps a token from a server that did not make it', async () => {
    const token = rig.fake.issueToken('manager');
    const other = await makeRig();
    rig.fake.counts.reset();
    const error = await failure(other.connect().trustByToken('manager', token));
    expect(error).toBeInstanceOf(CertificateChangedError);
    expect(other.fake.counts.total).toBe(0);
    await other.close();
  });

  it('speaks no TLS to a port that answers in plain text', async () => {
    const server = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const host = rig.connect({ url: `https://127.0.0.1:${port}` });
    expect(await failure(host.server())).toMatchObject({ kind: 'unreachable' });
    server.close();
  });
});

describe('probeCertificate', () => {
  it('reads the certificate and sends nothing', async () => {
    const { cert, key, fingerprint } = selfSigned('host');
    const received: Buffer[] = [];
    const server = createTls({ cert, key, requestCert: true, rejectUnauthorized: false }, (socket) => {
      socket.on('data', (chunk: Buffer) => received.push(chunk));
      socket.on('error', () => socket.destroy());
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const probed = await probeCertificate(url);
    expect(probed).toEqual({ fingerprint, pem: cert });
    await new Promise((resolve) => server.close(resolve));
    expect(received).toEqual([]);
  });

  it('says who did not answer', async () => {
    const rig = await makeRig();
    rig.fake.hangTls();
    expect(await failure(probeCertificate(rig.fake.url, { timeouts: { connectMs: 200 } }))).toMatchObject({
      kind: 'timeout',
    });
    await rig.fake.refuse();
    expect(await failure(probeCertificate(rig.fake.url))).toMatchObject({ kind: 'unreachable' });
    await rig.close();
  });

  it('refuses what is no host', async () => {
    expect(await failure(probeCertificate('http://127.0.0.1:1'))).toMatchObject({ kind: 'bad-request' });
    expect(() => new LxdHost({ url: 'file:///etc/passwd', clientCert: '', clientKey: '' })).toThrow(/https/);
  });
});
