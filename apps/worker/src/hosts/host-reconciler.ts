import { KeyRing, openText } from '@lxdm/crypto';
import { HostConnection, HostObservationsRepository, LeaseLostError, OperationsRepository } from '@lxdm/entities';
import { CertificateChangedError, isLxdError, LxdHost, probeCertificate } from '@lxdm/lxd-client';
import { Injectable, Logger } from '@nestjs/common';
import { faultOf } from '../fault';
import { HeldLease, LeaseKeeper, RetryIn } from '../lease-keeper';
import { backoffSeconds } from '../retry';
import { storable } from '../storable';
import { HostConnections } from './host-connections';
import { HostSyncing } from './host-syncing';

/** The name under which our certificate stands in a host's trust store. */
const CERTIFICATE_NAME = 'lxd-manager';

/** Makes a host what is wanted: pinned and trusted, or out of management. */
@Injectable()
export class HostReconciler {
  private readonly log = new Logger(HostReconciler.name);

  constructor(
    private readonly hosts: HostObservationsRepository,
    private readonly operations: OperationsRepository,
    private readonly connections: HostConnections,
    private readonly keeper: LeaseKeeper,
    private readonly ring: KeyRing,
    private readonly syncing: HostSyncing,
  ) {}

  /** Settles one host, if nobody else is at it. */
  async reconcile(id: string): Promise<void> {
    await this.keeper.run('hosts', id, (lease) => this.settle(id, lease));
  }

  private async settle(id: string, lease: HeldLease): Promise<RetryIn> {
    const host = await this.hosts.connection(id);
    if (!host || host.generation === host.observedGeneration) return null;
    try {
      if (host.deleted) await this.hosts.recordRemoved(host, lease.fence);
      else await this.connect(host, lease);
    } catch (error) {
      lease.signal.throwIfAborted();
      return this.failed(host, lease.fence, error);
    }
    await this.syncing.hostChanged(host.id);
    return null;
  }

  private async connect(host: HostConnection, { fence, signal }: HeldLease): Promise<void> {
    await this.hosts.noteStep(host, fence, 'Fetch the certificate');
    const { fingerprint } = await probeCertificate(host.url, { signal });
    if (host.pin === null) return this.hosts.recordAwaitingConfirmation(host, fence, fingerprint);
    if (host.pin !== fingerprint) throw new CertificateChangedError(host.url, host.pin, fingerprint);
    await this.hosts.recordFingerprint(host, fence, fingerprint);
    const client = this.connections.to(host);
    if (!(await client.isTrusted({ signal }))) {
      await this.hosts.noteStep(host, fence, 'Register our certificate');
      await this.earnTrust(host, client, signal);
    }
    await this.hosts.noteStep(host, fence, 'Ask what it is');
    const server = await client.server({ signal });
    await this.hosts.recordTrusted(host, fence, {
      server: server.environment?.server === 'incus' ? 'incus' : 'lxd',
      version: server.environment?.server_version ?? 'unknown',
      fingerprint,
    });
    this.log.log(`${host.name} trusts us`);
  }

  private async earnTrust(host: HostConnection, client: LxdHost, signal: AbortSignal): Promise<void> {
    if (host.trustSecret === null)
      throw new TrustError(
        'The host does not trust our certificate, and no trust password or token was given. Remove the host and add it again with one.',
      );
    const secret = openText(this.ring, { table: 'hosts', column: 'trust_secret', row: host.id }, host.trustSecret);
    try {
      if (host.trustKind === 'token') await client.trustByToken(CERTIFICATE_NAME, secret, { signal });
      else await client.trustByPassword(CERTIFICATE_NAME, secret, { signal });
    } catch (error) {
      if (isLxdError(error, 'not-trusted', 'bad-request'))
        throw new TrustError(
          `The host refused the trust ${host.trustKind === 'token' ? 'token' : 'password'}: ${error.lxdMessage ?? error.message}`,
          { cause: error },
        );
      throw error;
    }
    if (!(await client.isTrusted({ signal })))
      throw new TrustError(
        'The host took the certificate and does not trust it all the same; look at its trust store.',
      );
  }

  private async failed(host: HostConnection, fence: number, error: unknown): Promise<RetryIn> {
    if (error instanceof TrustError) {
      await this.hosts.recordFailure(host, fence, 'not-trusted', error.message, null);
      return null;
    }
    if (error instanceof LeaseLostError) throw error;
    const fault = faultOf(error, this.log);
    const deadline = await this.operations.deadline(host.id);
    if (!fault.retryable || !deadline || deadline.passed) {
      const seen = error instanceof CertificateChangedError ? error.actual : null;
      await this.hosts.recordFailure(host, fence, fault.code, storable(fault.message), seen);
      return null;
    }
    await this.hosts.recordAttempt(host, fence, storable(fault.message));
    return backoffSeconds(host.attempts);
  }
}

/** The host does not trust us, and trying again will not change that. */
class TrustError extends Error {}
