import { DomainError, invalid } from '@lxdm/domain';
import { GitlabTargetsRepository, WantedGroup } from '@lxdm/entities';
import { Gitlab, isGitlabError } from '@lxdm/gitlab';
import { Inject, Injectable } from '@nestjs/common';
import { API_SETTINGS, ApiSettings, GitlabClient } from '../api-settings';
import type { Actor } from '../session/actor';

/** Finds GitLab groups for those who belong to them: our reading token sees more than the one who asks may. */
@Injectable()
export class GroupFinder {
  constructor(
    private readonly accounts: GitlabTargetsRepository,
    @Inject(API_SETTINGS) private readonly settings: Pick<ApiSettings, 'gitlabs'>,
  ) {}

  /**
   * The group of that path, if the actor is a member of it or acts as an admin; a foreign group looks like a missing one.
   * @throws DomainError `conflict` where no reading token is set up, `not-ready` when GitLab does not answer
   */
  async find(actor: Actor, issuer: string | undefined, path: string): Promise<WantedGroup> {
    const site = this.siteOf(issuer);
    if (!site.token)
      throw new DomainError(
        'conflict',
        `This manager has no reading token for ${site.issuer}: its operator puts one of scope read_api into secrets/gitlab_token.`,
      );
    const group = await this.ask(actor, site, site.token, path);
    if (!group) throw invalid('path', `There is no such group in ${site.issuer}, or you are no member of it.`);
    return group;
  }

  private siteOf(issuer: string | undefined): GitlabClient {
    const wanted = issuer?.replace(/\/*$/, '/').toLowerCase();
    const site = this.settings.gitlabs.find((one) => wanted === undefined || one.issuer.toLowerCase() === wanted);
    if (site) return site;
    if (wanted !== undefined) throw invalid('issuer', 'This manager does not know that GitLab.');
    throw new DomainError('conflict', 'No GitLab is set up here.');
  }

  private async ask(actor: Actor, site: GitlabClient, token: string, path: string): Promise<WantedGroup | null> {
    const own = await this.accounts.gitlabIdOf(actor.userId, site.issuer);
    if (own === null && !actor.isAdmin) return null;
    const gitlab = new Gitlab({ url: site.issuer });
    try {
      const group = await gitlab.group(path, { token });
      if (!actor.isAdmin && !(await gitlab.groupMembers(group.id, { token })).some(({ id }) => id === own)) return null;
      return { issuer: site.issuer, groupId: group.id, groupPath: group.path };
    } catch (error) {
      if (isGitlabError(error, 'not-found', 'forbidden')) return null;
      if (isGitlabError(error, 'unauthorized'))
        throw new DomainError('conflict', `${site.issuer} does not take this manager's reading token any more.`);
      if (isGitlabError(error)) throw new DomainError('not-ready', `${error.message}. Try again in a moment.`);
      throw error;
    }
  }
}
