import { notFound } from '@lxdm/domain';
import { ProjectsRepository, ServicesRepository } from '@lxdm/entities';
import { Injectable } from '@nestjs/common';
import { Refusal } from '../audit/refusal';
import type { CreatedToken, Token } from '../profile/dto/token';
import { TokenOwner, TokensService } from '../profile/tokens.service';
import type { Actor } from '../session/actor';
import type { CreateServiceToken } from './dto/change-project';
import { actOn } from './project-change';
import { mayOnProject } from './projects.policy';
import { viewerOf } from './viewer';

/** The tokens of services, in the hands of the project's owners. */
@Injectable()
export class ServiceTokensService {
  constructor(
    private readonly projects: ProjectsRepository,
    private readonly services: ServicesRepository,
    private readonly tokens: TokensService,
  ) {}

  async list(actor: Actor, id: string, userId: string): Promise<Token[]> {
    const owner = await this.ownerOf(actor, id, userId);
    return this.tokens.list(owner.id);
  }

  async create(actor: Actor, id: string, userId: string, given: CreateServiceToken): Promise<CreatedToken> {
    return this.tokens.create(actor, await this.ownerOf(actor, id, userId), given);
  }

  async revoke(actor: Actor, id: string, userId: string, tokenId: string): Promise<void> {
    return this.tokens.revoke(actor, await this.ownerOf(actor, id, userId), tokenId);
  }

  private async ownerOf(actor: Actor, id: string, userId: string): Promise<TokenOwner> {
    const viewer = await viewerOf(actor, this.projects);
    const [project] = mayOnProject(viewer, 'read', id) ? await this.projects.byIds([id]) : [];
    if (!project) throw notFound('project');
    if (!mayOnProject(viewer, 'change-services', id))
      throw new Refusal(`Only an owner of "${project.name}" may do that.`, actOn(project, 'project.change-services'));
    const service = await this.services.find(id, userId);
    if (!service) throw notFound('service');
    return { id: service.id, username: service.name, projectId: id };
  }
}
