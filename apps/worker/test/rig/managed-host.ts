import { randomBytes, randomUUID } from 'node:crypto';
import { hwaddrFrom, nameKey } from '@lxdm/domain';
import { ContainersRepository, HostsRepository } from '@lxdm/entities';
import { FakeLxd, FakeLxdOptions } from '@lxdm/testing';
import { Container } from './container';
import { Journal } from './journal';
import type { World } from './world';

let made = 0;

/** A fake host and the row by which the manager knows it. */
export class ManagedHost {
  readonly journal: Journal;

  private constructor(
    readonly world: World,
    readonly id: string,
    readonly prefix: string,
    readonly fake: FakeLxd,
  ) {
    this.journal = new Journal(fake);
  }

  static async make(world: World, options: FakeLxdOptions & { managed?: boolean } = {}): Promise<ManagedHost> {
    made++;
    const { managed = true, ...fakeOptions } = options;
    const prefix = `2001:db8:${made.toString(16)}:0`;
    const name = options.name ?? `host${made}`;
    const networks = { prefix, addressDelayMs: 30, ...options.networks };
    const fake = await new FakeLxd({ ...fakeOptions, name, networks }).listen();
    const host = new ManagedHost(world, randomUUID(), prefix, fake);
    if (managed) await host.manage();
    return host;
  }

  get name(): string {
    return this.fake.name;
  }

  get subnet(): string {
    return `${this.prefix.split(':').slice(0, 3).join(':')}::/64`;
  }

  /** Known and trusted, as after the admin's confirmation. */
  private async manage(): Promise<void> {
    this.fake.trustClient(this.world.client);
    await this.world.db.run((tx) =>
      this.world.get(HostsRepository).create(tx, {
        id: this.id,
        name: this.name,
        url: this.fake.url,
        monitoringUrl: null,
        pin: this.fake.fingerprint,
        trustSecret: null,
        trustKind: null,
        subnets: [{ cidr: this.subnet, family: 6 }],
      }),
    );
    await this.world.query(
      'UPDATE hosts SET trusted = true, seen_fingerprint = pin, observed_generation = generation, last_seen_at = now() WHERE id = $1',
      [this.id],
    );
  }

  /** A container that is wanted and not there yet; nobody has been told. */
  async wanted(name: string, power: 'running' | 'stopped' = 'running'): Promise<Container> {
    const container = new Container(this, randomUUID(), name);
    await this.world.db.run(async (tx) => {
      await this.world.get(ContainersRepository).create(tx, {
        id: container.id,
        name,
        description: `what ${name} is for`,
        projectId: null,
        hostId: this.id,
        image: 'debian/12',
        nesting: false,
        hwaddrEth0: hwaddrFrom(randomBytes(3)),
        hwaddrEth1: hwaddrFrom(randomBytes(3)),
        power,
      });
    });
    return container;
  }

  /** A container that the manager made some time ago. */
  async existing(name: string, status: 'Running' | 'Stopped', init: { obeysStop?: boolean } = {}): Promise<Container> {
    const container = await this.wanted(name, status === 'Running' ? 'running' : 'stopped');
    const [row] = await this.world.query<{ eth0: string; eth1: string }>(
      `UPDATE containers SET created_on_host_at = now(), observed_status = $2, observed_generation = generation, observed_at = clock_timestamp()
       WHERE id = $1 RETURNING hwaddr_eth0 AS eth0, hwaddr_eth1 AS eth1`,
      [container.id, status],
    );
    await this.world.query(
      `INSERT INTO ssh_host_keys (container_id, type, public_key, private_key_sealed, fingerprint)
       SELECT $1, t, t || $2, 'sealed ' || $2, 'SHA256:' || $2 FROM unnest(ARRAY['ed25519', 'ecdsa', 'rsa']) AS t`,
      [container.id, randomUUID()],
    );
    this.fake.addInstance(name, {
      status,
      ...init,
      config: {
        'user.lxd-manager.id': container.id,
        'volatile.eth0.hwaddr': row?.eth0 ?? '',
        'volatile.eth1.hwaddr': row?.eth1 ?? '',
        'user.vendor-data': `keys of ${nameKey(name)} ${container.id}`,
        'user.network-config': `custom network of ${name}`,
      },
    });
    return container;
  }
}
