import { randomUUID } from 'node:crypto';
import { seal } from '@lxdm/crypto';
import { DomainError, notFound, OperationType } from '@lxdm/domain';
import { HostsRepository, Tx } from '@lxdm/entities';
import { Inject, Injectable } from '@nestjs/common';
import { API_SETTINGS, ApiSettings } from '../api-settings';
import { Refusal } from '../audit/refusal';
import { AcceptanceService, Wish } from '../operations/acceptance.service';
import type { Operation } from '../operations/dto/operation';
import type { RequestMark } from '../operations/request-mark';
import type { Actor } from '../session/actor';
import type { AddHost, ConfirmPin, RemoveHost } from './dto/add-host';
import type { Host, Image } from './dto/host';
import { hostOf, imageOf } from './host-mapping';
import { HostAction, mayOnHost } from './hosts.policy';
import { wantedHost, wantedPin } from './wanted-host';

/** Hosts: everybody reads, admins change. */
@Injectable()
export class HostsService {
  constructor(
    private readonly hosts: HostsRepository,
    private readonly acceptance: AcceptanceService,
    @Inject(API_SETTINGS) private readonly settings: Pick<ApiSettings, 'keyRing'>,
  ) {}

  async list(actor: Actor): Promise<Host[]> {
    const now = new Date();
    return (await this.hosts.list()).map((view) => hostOf(view, now, mayOnHost(actor, 'see-details')));
  }

  async get(actor: Actor, id: string): Promise<Host> {
    const view = await this.hosts.find(id);
    if (!view) throw notFound('host');
    return hostOf(view, new Date(), mayOnHost(actor, 'see-details'));
  }

  async images(id: string): Promise<Image[]> {
    const [host, images] = await Promise.all([this.hosts.find(id), this.hosts.imagesOf(id)]);
    if (!host) throw notFound('host');
    return images.map(imageOf);
  }

  async add(actor: Actor, given: AddHost, mark: RequestMark): Promise<Operation> {
    permit(actor, 'add', { id: null, name: given.name });
    const { trust, ...host } = wantedHost(given);
    return this.acceptance.accept(actor, mark, async (tx) => {
      const id = randomUUID();
      const place = { table: 'hosts', column: 'trust_secret', row: id };
      const trustSecret = trust && seal(this.settings.keyRing, place, trust.secret);
      await this.hosts.create(tx, { id, ...host, trustSecret, trustKind: trust?.kind ?? null });
      return wishOf('host.add', id, host.name, 1);
    });
  }

  async confirm(actor: Actor, id: string, given: ConfirmPin, mark: RequestMark): Promise<Operation> {
    permit(actor, 'confirm', { id, name: '' });
    const pin = wantedPin(given.fingerprint);
    const name = await this.nameOf(id);
    return this.acceptance.accept(actor, mark, async (tx) => {
      const generation = await this.hosts.setPin(tx, id, pin);
      if (generation === null) throw beingRemoved(name);
      return wishOf('host.confirm', id, name, generation);
    });
  }

  async remove(actor: Actor, id: string, { force }: RemoveHost, mark: RequestMark): Promise<Operation> {
    permit(actor, 'remove', { id, name: '' });
    let name = '';
    const check = async (): Promise<void> => {
      name = await this.nameOf(id);
    };
    const write = async (tx: Tx): Promise<Wish> => {
      const count = await this.hosts.countContainers(tx, id);
      if (count > 0 && !force)
        throw new DomainError(
          'host-has-containers',
          `${count} ${count === 1 ? 'container is' : 'containers are'} on "${name}". Delete them first, or remove the host by force: then they go from management and stay on the host.`,
        );
      const generation = await this.hosts.setDeleted(tx, id);
      if (generation === null) throw beingRemoved(name);
      return wishOf('host.remove', id, name, generation);
    };
    return this.acceptance.accept(actor, mark, write, check);
  }

  private async nameOf(id: string): Promise<string> {
    const host = await this.hosts.find(id);
    if (!host) throw notFound('host');
    return host.name;
  }
}

function wishOf(type: OperationType, targetId: string, targetName: string, targetGeneration: number): Wish {
  return { type, targetKind: 'host', targetId, targetName, targetGeneration, projectId: null };
}

function permit(actor: Actor, action: HostAction, target: { id: string | null; name: string }): void {
  if (mayOnHost(actor, action)) return;
  const words = actor.canSudo ? 'Turn sudo on to change hosts.' : 'Only admins may change hosts.';
  throw new Refusal(words, { action: `host.${action}`, target: { kind: 'host', ...target } });
}

function beingRemoved(name: string): DomainError {
  return new DomainError('conflict', `The host "${name}" is being removed.`);
}
