import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gitlabSecretFile, GitlabSite } from '@lxdm/domain';
import { Gitlab } from '@lxdm/gitlab';
import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS, WorkerSettings } from '../settings';

/** No question takes longer, so that what follows it still falls into the lease. */
const TIMEOUTS = { idleMs: 8_000, totalMs: 12_000 };

/** A GitLab that is configured, with the manager's own means to read it. */
export interface GitlabAccess {
  client: Gitlab;
  /** The token that reads on the manager's behalf; null when there is none. */
  readingToken: string | null;
}

/** The GitLabs of the settings. Secrets are read anew for each use: one that was replaced counts at once. */
@Injectable()
export class GitlabClients {
  private readonly sites: ReadonlyMap<string, GitlabSite>;

  constructor(@Inject(SETTINGS) private readonly settings: WorkerSettings) {
    this.sites = new Map(settings.gitlabs.map((site) => [site.issuer, site]));
  }

  /** How to ask a GitLab, or null when it is not configured (any more). */
  async to(issuer: string): Promise<GitlabAccess | null> {
    const site = this.sites.get(issuer);
    if (!site) return null;
    const [clientId, clientSecret, readingToken] = await Promise.all([
      this.secret('gitlab_id', site),
      this.secret('gitlab_secret', site),
      this.secret('gitlab_token', site),
    ]);
    const application = clientId && clientSecret ? { clientId, clientSecret } : {};
    return { client: new Gitlab({ url: issuer, ...application, timeouts: TIMEOUTS }), readingToken };
  }

  private async secret(kind: 'gitlab_id' | 'gitlab_secret' | 'gitlab_token', site: GitlabSite): Promise<string | null> {
    try {
      const text = await readFile(join(this.settings.secretsDir, gitlabSecretFile(kind, site.prefix)), 'utf8');
      return text.trim() || null;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  }
}
