import { fqdnOf, networkConfig, notFound, userData, vendorData } from '@lxdm/domain';
import {
  ContainersRepository,
  HostKey,
  OperationsRepository,
  ProjectsRepository,
  SshKeysRepository,
} from '@lxdm/entities';
import { Inject, Injectable } from '@nestjs/common';
import { API_SETTINGS, ApiSettings } from '../api-settings';
import { operationOf } from '../operations/operation-mapping';
import { viewerOf, visibleProjects } from '../projects/viewer';
import type { Actor } from '../session/actor';
import { containerOf } from './container-mapping';
import { mayOnContainer } from './containers.policy';
import type { Container, ContainerDetail } from './dto/container';

const LAST_OPERATIONS = 20;

/** One container with everything that is known of it. */
@Injectable()
export class ContainerDetailService {
  constructor(
    private readonly containers: ContainersRepository,
    private readonly operations: OperationsRepository,
    private readonly projects: ProjectsRepository,
    private readonly sshKeys: SshKeysRepository,
    @Inject(API_SETTINGS) private readonly settings: Pick<ApiSettings, 'zone'>,
  ) {}

  async get(actor: Actor, id: string): Promise<ContainerDetail> {
    const [view, viewer] = await Promise.all([this.containers.find(id), viewerOf(actor, this.projects)]);
    if (!view || !mayOnContainer(viewer, 'read', view.projectId)) throw notFound('container');
    const [hwaddr, hostKeys, operations, authorized] = await Promise.all([
      this.containers.hwaddrOf(id),
      this.containers.hostKeysOf(id),
      this.operations.page({ projectIds: visibleProjects(viewer), targetId: id, offset: 0, limit: LAST_OPERATIONS }),
      view.projectId === null ? [] : this.sshKeys.ofProject(view.projectId),
    ]);
    if (!hwaddr) throw notFound('container');
    const container = containerOf(view, { now: new Date(), isAdmin: actor.isAdmin });
    const fqdn = fqdnOf(view.name, this.settings.zone);
    return {
      ...container,
      ...(view.observedAt && { observedAt: view.observedAt.toISOString() }),
      fqdn,
      description: view.description,
      image: view.image,
      nesting: view.nesting,
      error: view.observed.error,
      hostKeys: hostKeys.map(({ type, publicKey, fingerprint }) => ({ type, publicKey, fingerprint })),
      generation: view.desired.generation,
      observedGeneration: view.observed.generation,
      hwaddr,
      operations: operations.items.map(operationOf),
      sshCommand: sshCommandOf(container, fqdn),
      userData: userData(authorized),
      vendorDataPreview: vendorData(fqdn, hostKeys.map(withoutPrivateKey)),
      networkConfig: networkConfig(hwaddr),
    };
  }
}

/** How to log in, once the container is up and has an address that the zone may answer with. */
function sshCommandOf({ status, addresses }: Container, fqdn: string): string | null {
  const reachable = addresses.some((address) => address.interface === 'eth1' && address.state === undefined);
  return status === 'Running' && reachable ? `ssh root@${fqdn}` : null;
}

function withoutPrivateKey({ type, publicKey }: HostKey) {
  return { type, publicKey, privateKey: '…' };
}
