import { parseSshPublicKey } from '@lxdm/crypto';
import type { DeliveredKey } from '@lxdm/domain';
import {
  ContainerKeysRepository,
  ContainerKeysView,
  KeyDeliveriesRepository,
  OperationsRepository,
} from '@lxdm/entities';
import { Accepted, Container } from './container';
import { newSshKey } from './ssh-key';
import { until } from './until';
import type { World } from './world';

let made = 0;

export const ROOT_KEYS = '/root/.ssh/authorized_keys';
/** What somebody put there by hand: it has to stay, byte for byte. */
export const BY_HAND = '# mine\r\ncommand="x" ssh-rsa AAAAB3by by-hand\n\xff\xfe\n';

/** A project with people, their keys, and containers. */
export class Team {
  private constructor(
    readonly world: World,
    readonly projectId: string,
  ) {}

  static async make(world: World): Promise<Team> {
    const name = `team-${++made}`;
    const [row] = await world.query<{ id: string }>(
      'INSERT INTO projects (name, name_key) VALUES ($1, $1) RETURNING id',
      [name],
    );
    return new Team(world, row?.id ?? '');
  }

  /** A new member with one key, a new one unless it is given. */
  async member(given?: string): Promise<{ userId: string; key: DeliveredKey }> {
    const name = `person-${++made}`;
    const [user] = await this.world.query<{ id: string }>(
      'INSERT INTO users (username, username_key, approved_at) VALUES ($1, $1, now()) RETURNING id',
      [name],
    );
    const userId = user?.id ?? '';
    await this.world.query(`INSERT INTO members (project_id, user_id, role) VALUES ($1, $2, 'operator')`, [
      this.projectId,
      userId,
    ]);
    return { userId, key: await this.addKey(userId, name, given) };
  }

  async addKey(userId: string, comment: string, given = newSshKey(`${comment} Jürgen`)): Promise<DeliveredKey> {
    const { line, fingerprint, type } = parseSshPublicKey(given);
    await this.world.query(
      'INSERT INTO ssh_keys (user_id, type, public_key, comment, fingerprint) VALUES ($1, $2, $3, $4, $5)',
      [userId, type, line, comment, fingerprint],
    );
    return { fingerprint, publicKey: line };
  }

  async removeKey(key: DeliveredKey): Promise<void> {
    await this.world.query('DELETE FROM ssh_keys WHERE fingerprint = $1', [key.fingerprint]);
  }

  /** Makes a container the team's. */
  async takes(container: Container): Promise<KeyedContainer> {
    await this.world.query('UPDATE containers SET project_id = $2 WHERE id = $1', [container.id, this.projectId]);
    return new KeyedContainer(container);
  }
}

/** A container as to its SSH keys. */
export class KeyedContainer {
  constructor(readonly container: Container) {}

  get world(): World {
    return this.container.host.world;
  }

  /** The fake's own view of it. */
  get instance(): NonNullable<Container['instance']> {
    const { instance } = this.container;
    if (!instance) throw new Error('the fake lost it');
    return instance;
  }

  /** The bytes of a file, one a character. */
  file(path = ROOT_KEYS): string | undefined {
    return this.instance.files.get(path)?.toString('latin1');
  }

  /** Puts lines there as root inside would. */
  byHand(content = BY_HAND): void {
    this.instance.nodes.set('/root/.ssh', { kind: 'directory', mode: 0o700 });
    this.instance.files.set(ROOT_KEYS, Buffer.from(content, 'latin1'));
  }

  /** As after an earlier delivery, with lines by hand before it. */
  async had(keys: readonly DeliveredKey[]): Promise<void> {
    const lines = keys.map((key) => `${Buffer.from(key.publicKey).toString('latin1')}\n`);
    this.byHand(BY_HAND + lines.join(''));
    for (const { fingerprint, publicKey } of keys)
      await this.world.query('INSERT INTO placed_keys (container_id, fingerprint, public_key) VALUES ($1, $2, $3)', [
        this.container.id,
        fingerprint,
        publicKey,
      ]);
  }

  wake(): void {
    this.world.jobs.wake('containers.deliver-keys', { id: this.container.id });
  }

  view(): Promise<ContainerKeysView> {
    return this.world.get(ContainerKeysRepository).viewOf(this.container.id);
  }

  /**
   * Waits until the file holds exactly these lines of ours beside what was there by hand.
   * @param options.asked false: nobody is woken, the sweep has to find it
   */
  async holds(
    keys: readonly DeliveredKey[],
    foreign = '',
    options: { path?: string; milliseconds?: number; asked?: boolean } = {},
  ): Promise<void> {
    const { path = ROOT_KEYS, milliseconds = 20_000, asked = true } = options;
    if (asked) this.wake();
    const ours = keys.map((key) => `${Buffer.from(key.publicKey).toString('latin1')}\n`);
    const lines = (text: string): string =>
      text
        .split(/(?<=\n)/)
        .sort()
        .join('');
    const expected = lines(foreign + ours.join(''));
    await until(
      `${path} of ${this.container.name}`,
      () => {
        if (lines(this.file(path) ?? '') === expected) return true;
        throw new Error(`is ${JSON.stringify(this.file(path))}`);
      },
      milliseconds,
    );
    await this.settled(milliseconds);
  }

  /** Waits until nothing is on its way. */
  settled(milliseconds = 20_000): Promise<boolean> {
    return until(
      `settled keys of ${this.container.name}`,
      async () => {
        const { keys, error } = await this.view();
        if (error === null && keys.every(({ state }) => state === 'placed')) return true;
        throw new Error(JSON.stringify({ error, keys }));
      },
      milliseconds,
    );
  }

  /** Waits until the page says why the keys cannot be delivered. */
  refused(milliseconds = 20_000): Promise<string> {
    return until(`refusal of ${this.container.name}`, async () => (await this.view()).error, milliseconds);
  }

  /** Accepts an order by hand, as the api does. */
  async redeploy(): Promise<Accepted> {
    const { world, container } = this;
    const id = await world.db.run(async (tx) => {
      const generation = await world.get(KeyDeliveriesRepository).requestRedeploy(tx, container.id);
      return world.get(OperationsRepository).begin(tx, {
        type: 'container.redeploy-keys',
        targetKind: 'container',
        targetId: container.id,
        targetName: container.name,
        targetGeneration: generation ?? 0,
        projectId: null,
        requestedById: world.userId,
        requestId: null,
        idempotency: null,
      });
    });
    this.wake();
    return new Accepted(world, id);
  }

  /** Lets the lease and the pause of a delivery run out, as time would. */
  async letTimePass(): Promise<void> {
    await this.world.query(
      `UPDATE key_deliveries SET lease_until = now() - interval '1 second', next_attempt_at = NULL WHERE container_id = $1`,
      [this.container.id],
    );
  }
}
