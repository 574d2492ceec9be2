import { randomBytes, randomUUID } from 'node:crypto';
import { containerNameFault, DomainError, hwaddrFrom, invalid } from '@lxdm/domain';
import { ContainersRepository, HostsRepository, Tx } from '@lxdm/entities';
import { Inject, Injectable } from '@nestjs/common';
import { API_SETTINGS, ApiSettings } from '../api-settings';
import { AcceptanceService, Wish } from '../operations/acceptance.service';
import type { Operation } from '../operations/dto/operation';
import type { RequestMark } from '../operations/request-mark';
import type { Actor } from '../session/actor';
import { ContainerHome } from './container-home.service';
import type { CreateContainer } from './dto/change-container';

/** How often a project's name is chosen again when somebody else takes it at the same moment. */
const NAME_TRIES = 5;

/** Accepts containers that are wanted. */
@Injectable()
export class CreateContainerService {
  constructor(
    private readonly containers: ContainersRepository,
    private readonly hosts: HostsRepository,
    private readonly home: ContainerHome,
    private readonly acceptance: AcceptanceService,
    @Inject(API_SETTINGS) private readonly settings: Pick<ApiSettings, 'reservedNames' | 'zone'>,
  ) {}

  async create(actor: Actor, wanted: CreateContainer, mark: RequestMark): Promise<Operation> {
    for (let tries = 1; ; tries++) {
      try {
        const write = (tx: Tx) => this.write(tx, actor, wanted);
        return await this.acceptance.accept(actor, mark, write, () => this.check(actor, wanted));
      } catch (error) {
        if (!(error instanceof DomainError && error.code === 'name-taken')) throw error;
        // Either the container's name is taken for good, or only its project's was taken in this moment.
        if (await this.containers.nameTaken(wanted.name)) throw nameTaken(wanted.name);
        if (tries === NAME_TRIES) throw error;
      }
    }
  }

  private async write(tx: Tx, actor: Actor, wanted: CreateContainer): Promise<Wish> {
    const { name, hostId, image, description = '', nesting = false, start = true } = wanted;
    if (!(await this.hosts.holdForContainer(tx, hostId)))
      throw invalid('hostId', 'This host is not ready to take containers.');
    const projectId = await this.home.take(tx, actor, wanted.projectId, name);
    const id = randomUUID();
    await this.containers.create(tx, {
      id,
      name,
      description,
      projectId,
      hostId,
      // A fingerprint has one form on every host; an alias is taken as it is written.
      image: /^[0-9a-f]{64}$/i.test(image) ? image.toLowerCase() : image,
      nesting,
      hwaddrEth0: hwaddrFrom(randomBytes(3)),
      hwaddrEth1: await this.freeHwaddr(tx),
      power: start ? 'running' : 'stopped',
    });
    return {
      type: 'container.create',
      targetKind: 'container',
      targetId: id,
      targetName: name,
      targetGeneration: 1,
      projectId,
      detail: { image, start },
    };
  }

  /** Its SLAAC address follows from it, and an address has one owner. */
  private async freeHwaddr(tx: Tx): Promise<string> {
    let hwaddr = hwaddrFrom(randomBytes(3));
    while (await this.containers.hwaddrTaken(tx, hwaddr)) hwaddr = hwaddrFrom(randomBytes(3));
    return hwaddr;
  }

  private async check(actor: Actor, { name, hostId, image, projectId }: CreateContainer): Promise<void> {
    const fault = containerNameFault(name, this.settings.reservedNames, this.settings.zone);
    if (fault) throw new DomainError(fault.code, fault.message, [{ field: 'name', message: fault.message }]);
    await this.home.check(actor, projectId);
    await this.checkImage(hostId, image);
    // Also the names of adopted containers, which the unique index leaves out.
    if (await this.containers.nameTaken(name)) throw nameTaken(name);
  }

  private async checkImage(hostId: string, image: string): Promise<void> {
    const [host, images] = await Promise.all([this.hosts.find(hostId), this.hosts.imagesOf(hostId)]);
    if (!host) throw invalid('hostId', 'There is no such host.');
    if (host.deleted) throw invalid('hostId', `The host "${host.name}" is being removed.`);
    if (!host.trusted) throw invalid('hostId', `The host "${host.name}" does not trust this manager yet.`);
    if (!images.some(({ fingerprint, aliases }) => fingerprint === image.toLowerCase() || aliases.includes(image)))
      throw invalid('image', `The host "${host.name}" has no image of this alias or fingerprint.`);
  }
}

function nameTaken(name: string): DomainError {
  const message = `There is already a container named "${name}".`;
  return new DomainError('name-taken', message, [{ field: 'name', message }]);
}
