import { ContainerWorkRepository, DueKeysRepository, Transactor } from '@lxdm/entities';
import { Injectable, Logger } from '@nestjs/common';
import { Lanes } from '../lanes';
import { faults } from '../work-lanes';
import { KeyDeliverer } from './key-deliverer';

/** How many containers of one host get their keys at a time: not so many that its other work would notice. */
const LANE_WIDTH = 4;

/** The delivery of keys, in a lane for each host, beside the lanes of everything else: a host that hangs holds up no other. */
@Injectable()
export class KeyDelivering {
  private readonly log = new Logger(KeyDelivering.name);
  private readonly lanes: Lanes;

  constructor(
    private readonly db: Transactor,
    private readonly containers: ContainerWorkRepository,
    private readonly due: DueKeysRepository,
    private readonly deliverer: KeyDeliverer,
  ) {
    this.lanes = new Lanes(LANE_WIDTH, (id) => this.guard(id));
  }

  /** Asks for the keys of a container to be looked at, in its turn. */
  async push(id: string): Promise<void> {
    const hostId = await this.containers.hostOf(id);
    if (hostId) this.lanes.push(hostId, id);
  }

  /** Ends what was asked for by hand and cannot be had in time. */
  async endOverdue(): Promise<void> {
    const ended = await this.db.run((tx) => this.due.endOverdue(tx));
    if (ended > 0) this.log.warn(`the keys of ${ended} containers were not delivered in time`);
  }

  /** Breaks off what is under way and takes no more. */
  async close(): Promise<void> {
    this.deliverer.end();
    await this.lanes.close();
  }

  private async guard(id: string): Promise<void> {
    try {
      await this.deliverer.deliver(id);
    } catch (error) {
      faults.inc({ kind: 'keys' });
      this.log.error(error);
    }
  }
}
