import { loadKeyRing, seal } from '@lxdm/crypto';
import { nameKey, OperationStatus, OperationType } from '@lxdm/domain';
import { ContainersRepository, OperationsRepository, OperationView, Tx } from '@lxdm/entities';
import type { FakeInstance } from '@lxdm/testing';
import type { ManagedHost } from './managed-host';
import { until } from './until';
import type { World } from './world';

/** What is accepted for a container, and how. */
export interface WishOptions {
  force?: boolean;
  timeoutSeconds?: number;
  /** false: nobody is woken, as when Redis is away. */
  wake?: boolean;
}

/** The row of a container as tests look at it. */
export interface ContainerRow {
  status: string | null;
  error: string | null;
  settled: boolean;
  missing: boolean;
  removed: boolean;
  leased: boolean;
  fence: number;
}

/** An operation that was accepted. */
export class Accepted {
  constructor(
    private readonly world: World,
    readonly id: string,
  ) {}

  async view(): Promise<OperationView> {
    const [view] = await this.world.get(OperationsRepository).byIds([this.id]);
    if (!view) throw new Error(`operation ${this.id} is lost`);
    return view;
  }

  /** Its last state, once it has ended. */
  async ended(milliseconds = 30_000): Promise<OperationView> {
    const final: readonly OperationStatus[] = ['Success', 'Failure', 'Cancelled'];
    return until(
      `end of operation ${this.id}`,
      async () => {
        const view = await this.view();
        if (final.includes(view.status)) return view;
        throw new Error(`${view.type} is ${view.status}: ${JSON.stringify(view.steps.at(-1))}`);
      },
      milliseconds,
    );
  }
}

/** A container, and wishes for it, accepted in one transaction as the api does. */
export class Container {
  constructor(
    readonly host: ManagedHost,
    readonly id: string,
    readonly name: string,
  ) {}

  get instance(): FakeInstance | undefined {
    return this.host.fake.instances.get(this.name);
  }

  get key(): string {
    return nameKey(this.name);
  }

  create(options: WishOptions = {}): Promise<Accepted> {
    return this.wish('container.create', () => Promise.resolve(1), options);
  }

  async power(action: 'start' | 'stop' | 'restart', options: WishOptions = {}): Promise<Accepted> {
    const containers = this.host.world.get(ContainersRepository);
    const { force = false, timeoutSeconds = 30 } = options;
    const power = action === 'stop' ? 'stopped' : 'running';
    return this.wish(
      `container.${action}`,
      async (tx) =>
        containers.setPower(tx, await this.locked(tx), { power, restart: action === 'restart', force, timeoutSeconds }),
      options,
    );
  }

  async delete(options: WishOptions = {}): Promise<Accepted> {
    const containers = this.host.world.get(ContainersRepository);
    return this.wish(
      'container.delete',
      async (tx) => containers.setDeleted(tx, await this.locked(tx), options.force ?? false),
      options,
    );
  }

  wake(): void {
    this.host.world.jobs.wake('containers.reconcile', { id: this.id });
  }

  async row(): Promise<ContainerRow> {
    const [row] = await this.host.world.query<ContainerRow>(
      `SELECT observed_status AS status, observed_error AS error, generation = observed_generation AS settled, missing_since IS NOT NULL AS missing,
         removed_at IS NOT NULL AS removed, coalesce(lease_until > now(), false) AS leased, lease_fence AS fence FROM containers WHERE id = $1`,
      [this.id],
    );
    if (!row) throw new Error(`the row of ${this.name} is lost`);
    return row;
  }

  /** What the zone would answer with. */
  async published(): Promise<string[]> {
    const rows = await this.host.world.query<{ address: string }>(
      'SELECT host(address) AS address FROM addresses WHERE container_id = $1 AND published ORDER BY 1',
      [this.id],
    );
    return rows.map(({ address }) => address);
  }

  /** Host keys that were made before, sealed as the worker seals them; their text is of no interest to the host. */
  async giveHostKeys(): Promise<void> {
    const { world } = this.host;
    const ring = await loadKeyRing(world.ringFile);
    for (const type of ['ed25519', 'ecdsa', 'rsa']) {
      const place = { table: 'ssh_host_keys', column: 'private_key_sealed', row: `${this.id}/${type}` };
      await world.query(
        'INSERT INTO ssh_host_keys (container_id, type, public_key, private_key_sealed, fingerprint) VALUES ($1, $2, $3, $4, $5)',
        [
          this.id,
          type,
          `${type} of ${this.id}`,
          seal(ring, place, `private ${type} of ${this.id}`),
          `SHA256:${this.id}`,
        ],
      );
    }
  }

  /** Lets the lease run out, as time would. */
  async expireLease(): Promise<void> {
    await this.host.world.query(
      `UPDATE containers SET lease_until = now() - interval '1 second' WHERE id = $1 AND lease_until IS NOT NULL`,
      [this.id],
    );
  }

  private async locked(tx: Tx): Promise<NonNullable<Awaited<ReturnType<ContainersRepository['lock']>>>> {
    const row = await this.host.world.get(ContainersRepository).lock(tx, this.id);
    if (!row) throw new Error(`${this.name} is not there any more`);
    return row;
  }

  private async wish(
    type: OperationType,
    write: (tx: Tx) => Promise<number>,
    { wake = true }: WishOptions,
  ): Promise<Accepted> {
    const { world } = this.host;
    const id = await world.db.run(async (tx) =>
      world.get(OperationsRepository).begin(tx, {
        type,
        targetKind: 'container',
        targetId: this.id,
        targetName: this.name,
        targetGeneration: await write(tx),
        projectId: null,
        requestedById: world.userId,
        requestId: null,
        idempotency: null,
      }),
    );
    if (wake) this.wake();
    return new Accepted(world, id);
  }
}
