import { createHash, timingSafeEqual } from 'node:crypto';
import { DomainError, notFound } from '@lxdm/domain';
import { GitlabTargetsRepository } from '@lxdm/entities';
import { JobProducer } from '@lxdm/jobs';
import { Inject, Injectable } from '@nestjs/common';
import { API_SETTINGS, ApiSettings } from '../api-settings';
import { namedInHook } from './named-in-hook';

/** Hears from GitLab that something may be different, and wakes those who look. */
@Injectable()
export class GitlabHooksService {
  constructor(
    private readonly targets: GitlabTargetsRepository,
    private readonly jobs: JobProducer,
    @Inject(API_SETTINGS) private readonly settings: Pick<ApiSettings, 'gitlabs'>,
  ) {}

  /**
   * @param prefix of the GitLab that the message says to be from
   * @throws DomainError `not-found` where no secret is set up, `bad-credentials` for a wrong one
   */
  async receive(prefix: string, secret: string | undefined, body: unknown): Promise<void> {
    const site = this.settings.gitlabs.find((one) => one.prefix === prefix);
    if (!site?.hookSecret) throw notFound('hook');
    if (!isSame(secret ?? '', site.hookSecret))
      throw new DomainError('bad-credentials', 'The X-Gitlab-Token header is not right.');
    const named = namedInHook(body);
    const [accounts, projects] = await Promise.all([
      this.targets.accountsDue(site.issuer, named),
      this.targets.projectsDue(site.issuer, named),
    ]);
    for (const id of accounts) this.jobs.wake('gitlab.sync-account', { id });
    for (const id of projects) this.jobs.wake('gitlab.sync-group', { id });
  }
}

/** Compares digests, so that neither length nor content can be told from the time that it takes. */
function isSame(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
