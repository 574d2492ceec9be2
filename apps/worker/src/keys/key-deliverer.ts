import { isOurs } from '@lxdm/domain';
import {
  ContainerKeysRepository,
  ContainerWork,
  ContainerWorkRepository,
  DeliveryClaim,
  HostConnection,
  HostObservationsRepository,
  KeyDeliveriesRepository,
  LeaseLostError,
  WantedKeys,
} from '@lxdm/entities';
import { isLxdError, LxdError, LxdHost } from '@lxdm/lxd-client';
import { counter, histogram } from '@lxdm/runtime';
import { Injectable, Logger } from '@nestjs/common';
import { HostConnections } from '../hosts/host-connections';
import { marksOf } from '../hosts/seen-instance';
import { isCloudInitAtWork } from './cloud-init-wait';
import { failureOf } from './delivery-failure';
import { keysOfDocument } from './given-keys';
import { deliverInto } from './key-session';

/** After this nothing is begun any more, in milliseconds: less than the lease, so that two never write at the same time. */
const TOTAL_MS = 15_000;
/** The look at the container's configuration, in milliseconds. */
const LOOK_MS = 8_000;
/** The session with the container, in milliseconds: for so long it can hold up its own stop, and nobody else's. */
const SESSION_MS = 5_000;
/** What was not to be done now is looked at again after this time, in seconds. */
const SOON_S = 2;

const deliveries = counter('lxdm_key_deliveries_total', 'Looks at the SSH keys in containers, by their result.', [
  'result',
]);
const duration = histogram('lxdm_key_delivery_seconds', 'How long a look at the SSH keys in a container takes.');

/** What a look came to. `not-now`: the container is not to be touched at the moment, and will be due again by itself. */
type Outcome = 'in-place' | 'deferred' | 'not-now';

/** Brings the SSH keys in one container to what its project's members have. It never starts, stops or changes the container. */
@Injectable()
export class KeyDeliverer {
  private readonly log = new Logger(KeyDeliverer.name);
  private readonly ending = new AbortController();

  constructor(
    private readonly deliveries: KeyDeliveriesRepository,
    private readonly keys: ContainerKeysRepository,
    private readonly containers: ContainerWorkRepository,
    private readonly hosts: HostObservationsRepository,
    private readonly connections: HostConnections,
  ) {}

  /** Delivers once, if nobody else is at it. */
  async deliver(id: string): Promise<void> {
    const claimedAt = performance.now();
    const claim = await this.deliveries.claim(id);
    if (!claim) return;
    const end = duration.startTimer();
    const signal = AbortSignal.any([this.ending.signal, AbortSignal.timeout(TOTAL_MS)]);
    let host: HostConnection | null = null;
    try {
      const work = await this.containers.load(id);
      host = work && (await this.hosts.connection(work.hostId));
      const outcome = work && host ? await this.attempt(work, host, claim, signal, claimedAt) : 'not-now';
      if (outcome === 'not-now') await this.deliveries.release(id, claim, SOON_S);
      if (outcome === 'deferred') await this.deliveries.recordDeferred(id, claim);
      deliveries.inc({ result: outcome });
    } catch (error) {
      await this.failed(id, claim, host, error);
    } finally {
      end();
    }
  }

  /** Breaks off what is under way: whoever looks next goes on. */
  end(): void {
    this.ending.abort(new Error('The worker ends.'));
  }

  private async attempt(
    work: ContainerWork,
    host: HostConnection,
    claim: DeliveryClaim,
    signal: AbortSignal,
    claimedAt: number,
  ): Promise<Outcome> {
    const keys = await this.keys.wanted(work.id);
    if (!keys || claim.projectId === null) return 'not-now';
    if (!keys.running) return 'deferred';
    // Whatever is wanted of the container itself goes first.
    if (work.generation !== work.observedGeneration || !host.trusted || host.pin === null) return 'not-now';
    const client = this.connections.to(host);
    const instance = (await client.instances.get(work.name, { signal, timeouts: { totalMs: LOOK_MS } })).value;
    if (instance.status !== 'Running') return 'not-now';
    if (!isOurs(marksOf(instance), { ...work, uuid: work.observedUuid }))
      throw new LxdError('bad-request', 'The instance of that name on the host is not this container.');
    const document = work.adopted ? [] : keysOfDocument(instance.config['user.user-data'] ?? '');
    const order = { ...keys, placed: [...keys.placed, ...document.map((key) => ({ ...key, home: '' }))] };
    const homes = await this.write(client, work, claim, order, signal, claimedAt);
    if (!homes) return 'not-now';
    const fingerprints = keys.wanted.map((key) => key.fingerprint);
    await this.deliveries.recordInPlace(work.id, claim, { digest: keys.digest, fingerprints, homes });
    return 'in-place';
  }

  /** Speaks with the container: the homes of the accounts that have the keys now; null while cloud-init is about to write keys itself. */
  private write(
    client: LxdHost,
    work: ContainerWork,
    claim: DeliveryClaim,
    keys: WantedKeys,
    signal: AbortSignal,
    claimedAt: number,
  ): Promise<string[] | null> {
    return client.sftp.use(work.name, { totalMs: SESSION_MS, signal }, async (session) => {
      if (await isCloudInitAtWork(session, keys.bootedAgo)) return null;
      return deliverInto(session, {
        ...keys,
        beforeWriting: async (added) => {
          await this.deliveries.recordPlaced(work.id, claim, added);
          // A worker that was frozen meanwhile finds out here that it is too late.
          if (signal.aborted || performance.now() - claimedAt > TOTAL_MS)
            throw new LeaseLostError('key_deliveries', work.id);
        },
      });
    });
  }

  private async failed(id: string, claim: DeliveryClaim, host: HostConnection | null, error: unknown): Promise<void> {
    if (error instanceof LeaseLostError) return;
    if (this.ending.signal.aborted) return this.deliveries.release(id, claim);
    const late = new LxdError('timeout', 'The keys could not be delivered in time.');
    const failure = failureOf(isLxdError(error, 'cancelled') ? late : error, claim.attempts, host, this.log);
    deliveries.inc({ result: failure.final ? 'refused' : 'failed' });
    await this.deliveries.recordFailed(id, claim, failure);
  }
}
