import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import { randomBytes } from 'node:crypto';
import { EventHub } from './event-hub';
import type { FakeInstance, FakeInstanceInit } from './fake-instance';
import type { ExecCall, ExecResult, FakeLxdParts } from './fake-parts';
import { RequestCounts, type FakeRequest } from './fake-request';
import { fakeNetworks, fakeTimings, type FakeLxdOptions, type FakeTimings } from './fake-settings';
import { Faults, type Fault, type FaultScope } from './faults';
import { ImageStore } from './image-store';
import { InstanceEngine } from './instance-engine';
import { LxdRefusal } from './lxd-refusal';
import { OperationStore } from './operation-store';
import { readRequest } from './read-request';
import { refusal, type Reply } from './reply';
import { answerWithFault, writeReply } from './reply-writer';
import { route } from './router';
import type { SelfSigned } from './self-signed';
import { type SftpCall, openSftp } from './sftp-server';
import { TlsFront } from './tls-front';
import { TrustStore } from './trust-store';

const lxdExtensions = ['etag', 'patch', 'container_full', 'event_lifecycle', 'operation_wait', 'certificate_token'];

/** Called before the effect of a request; while it waits, nothing has happened yet. */
export type RequestHook = (request: FakeRequest) => void | Promise<void>;

/** Called after the effect and before a byte of the answer. */
export type EffectHook = (request: FakeRequest, reply: Reply) => void | Promise<void>;

/** A real HTTPS and WebSocket server in this process that behaves like LXD 5.0.2, and badly on demand. */
export class FakeLxd {
  readonly name: string;
  readonly trustPassword: string;
  readonly timings: FakeTimings;
  readonly counts = new RequestCounts();
  readonly images = new ImageStore();
  readonly events = new EventHub();
  readonly operations: OperationStore;
  readonly trust: TrustStore;
  readonly engine: InstanceEngine;
  onRequest: RequestHook | undefined;
  onEffect: EffectHook | undefined;
  /** What commands inside the containers answer. */
  onExec: (call: ExecCall) => ExecResult | Promise<ExecResult> = () => ({ exitCode: 0 });
  /** Called before each effect on a container's files over SFTP; while it waits, nothing has happened. */
  onSftp: ((call: SftpCall) => void | Promise<void>) | undefined;
  /** How many SFTP sessions are open. */
  sftpSessions = 0;
  readonly execCalls: ExecCall[] = [];
  private readonly faults = new Faults();
  private readonly parts: FakeLxdParts;
  private readonly front: TlsFront;
  private frozen = false;

  constructor(options: FakeLxdOptions = {}) {
    const { server = 'lxd' } = options;
    this.name = options.name ?? 'fake1';
    this.trustPassword = options.trustPassword ?? randomBytes(12).toString('hex');
    this.timings = { ...fakeTimings, ...options.timings };
    this.front = new TlsFront(
      `root@${this.name}`,
      (request, response) => void this.serve(request, response),
      (request, socket, head) => this.upgrade(request, socket, head),
    );
    const apiExtensions = [
      ...lxdExtensions,
      ...(server === 'incus' ? ['explicit_trust_token'] : []),
      ...(options.apiExtensions ?? []),
    ];
    this.trust = new TrustStore(this.trustPassword, apiExtensions.includes('explicit_trust_token'));
    this.operations = new OperationStore(this.timings, (operation) => this.events.send('operation', { ...operation }));
    const announce = (action: string, source: string): void => {
      this.events.send('lifecycle', { action, source, context: {}, name: source.split('/').pop(), project: 'default' });
    };
    this.engine = new InstanceEngine(this.timings, this.operations, this.images, (action, name) => {
      announce(action, `/1.0/instances/${name}`);
    });
    for (const alias of options.images ?? ['debian/12']) this.images.add(alias);
    this.parts = {
      name: this.name,
      server,
      apiExtensions,
      networks: { ...fakeNetworks, ...options.networks },
      timings: this.timings,
      engine: this.engine,
      operations: this.operations,
      images: this.images,
      trust: this.trust,
      certificate: () => this.front.identity,
      url: () => this.url,
      exec: (call) => {
        this.execCalls.push(call);
        return this.onExec(call);
      },
      logs: new Map(),
      announce,
    };
  }

  get url(): string {
    return this.front.url;
  }

  /** sha256 of the certificate that it shows now. */
  get fingerprint(): string {
    return this.front.identity.fingerprint;
  }

  /** The certificate itself, as a migration's target needs it. */
  get certificate(): string {
    return this.front.identity.cert;
  }

  get instances(): ReadonlyMap<string, FakeInstance> {
    return this.engine.instances;
  }

  async listen(port = 0): Promise<this> {
    await this.front.listen(port);
    return this;
  }

  async close(): Promise<void> {
    this.operations.close();
    await this.refuse();
  }

  /** Trusts a client at once, without password. */
  trustClient(client: SelfSigned, name = 'manager'): void {
    this.trust.add({ fingerprint: client.fingerprint, name, certificate: client.cert });
  }

  /** What an admin would hand over: `lxc config trust add`. */
  issueToken(name: string): string {
    return this.trust.issueToken(name, this.fingerprint, new URL(this.url).host);
  }

  /** Puts a container there behind the manager's back. */
  addInstance(name: string, init: FakeInstanceInit = {}, alias = 'debian/12'): FakeInstance {
    return this.engine.add(name, init, this.images.byAlias(alias));
  }

  /** Changes a container behind the manager's back; `events` says whether LXD tells its listeners. */
  meddle(name: string, what: 'start' | 'stop' | 'delete', events = true): void {
    const instance = this.engine.find(name);
    if (what === 'start') this.engine.power.nowRunning(instance);
    else if (what === 'stop') this.engine.power.nowStopped(instance);
    else this.engine.instances.delete(name);
    const action = { start: 'instance-started', stop: 'instance-stopped', delete: 'instance-deleted' }[what];
    if (events) this.parts.announce(action, `/1.0/instances/${name}`);
  }

  /** Renames a container behind the manager's back. */
  rename(name: string, to: string): void {
    const instance = this.engine.find(name);
    this.engine.instances.delete(name);
    instance.name = to;
    this.engine.instances.set(to, instance);
  }

  /** Lets requests fail; answers a function that lifts this fault again. */
  inject(fault: Fault, scope: FaultScope = {}): () => void {
    return this.faults.add(fault, scope);
  }

  /** Down: nothing listens, everything that was open is cut. `listen()` brings it back on the same port. */
  async refuse(): Promise<void> {
    await this.front.refuse();
  }

  /** A daemon that restarts: connections cut, operations forgotten, containers kept. */
  restart(): void {
    this.operations.forgetAll();
    this.front.cut();
  }

  /** Connections are accepted and then nothing: no TLS, no answer, no pong. */
  hangTls(): void {
    this.front.silent = true;
    this.front.cut();
  }

  /** The whole daemon hangs: requests are never answered, the event streams are open and dead. */
  freeze(): void {
    this.frozen = true;
    this.events.freeze(true);
  }

  /** Ends every fault; requests that hung stay unanswered. A fake that was refusing also needs `listen()`. */
  heal(): void {
    this.faults.clear();
    this.front.silent = false;
    if (this.frozen) this.events.freeze(false);
    this.frozen = false;
  }

  /** Somebody else answers at this address now, or the admin made a new certificate. */
  changeCertificate(): void {
    this.front.newCertificate();
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const seen = await readRequest(request, (fingerprint) => this.trust.has(fingerprint));
      this.counts.add(seen.method, seen.path);
      await this.onRequest?.(seen);
      if (this.frozen) return;
      const fault = this.faults.take(seen.method, seen.path);
      if (await answerWithFault(fault, response)) return;
      const reply = await route(seen, this.parts);
      await this.onEffect?.(seen, reply);
      await writeReply(reply, fault, response);
    } catch (error) {
      if (error instanceof LxdRefusal) {
        await writeReply(refusal(error.status, error.message), undefined, response);
        return;
      }
      // A broken connection, or a hook that failed on purpose: the client sees a cut either way.
      response.destroy();
    }
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const url = new URL(request.url ?? '/', 'https://fake');
    this.counts.add('GET', url.pathname);
    if (this.frozen) return;
    const raw = socket instanceof TLSSocket ? socket.getPeerX509Certificate() : undefined;
    const trusted = raw !== undefined && this.trust.has(raw.fingerprint256.replace(/:/g, '').toLowerCase());
    const sftp = /^\/1\.0\/instances\/([^/]+)\/sftp$/.exec(url.pathname)?.[1];
    if (trusted && sftp !== undefined) {
      this.sftpSessions++;
      socket.once('close', () => this.sftpSessions--);
      const instance = this.instances.get(decodeURIComponent(sftp));
      return openSftp(socket, head, instance, this.faults.take('GET', url.pathname), () => this.onSftp);
    }
    if (!trusted || url.pathname !== '/1.0/events') {
      socket.end(
        `HTTP/1.1 ${trusted ? '404 Not Found' : '403 Forbidden'}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`,
      );
      return;
    }
    const types = new Set((url.searchParams.get('type') ?? 'operation,lifecycle').split(','));
    this.events.accept(request, socket, head, types);
  }
}
