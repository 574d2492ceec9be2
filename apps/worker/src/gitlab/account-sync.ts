import { AccountClaim, GitlabSyncsRepository, LeaseLostError } from '@lxdm/entities';
import { JobProducer } from '@lxdm/jobs';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { SETTINGS, WorkerSettings } from '../settings';
import { AccountReader } from './account-reader';
import { GitlabClients } from './gitlab-clients';
import { look } from './look';
import { isIssuerFault, pauseSeconds, silenceOf } from './silence';

/** How a look ended, for whoever decides whether to go on asking that GitLab: what was thrown, or null when it answered. */
export type LookResult = 'served' | 'not-asked' | { fault: unknown };

/** Keeps one account as GitLab says; its silence changes nothing. */
@Injectable()
export class AccountSync {
  private readonly log = new Logger(AccountSync.name);

  constructor(
    @Inject(SETTINGS) private readonly settings: WorkerSettings,
    private readonly accounts: GitlabSyncsRepository,
    private readonly clients: GitlabClients,
    private readonly reader: AccountReader,
    private readonly jobs: JobProducer,
  ) {}

  /** Looks at one account, if nobody else does. */
  async sync(id: string, ending: AbortSignal): Promise<LookResult> {
    const claim = await this.accounts.claim(id);
    if (!claim) return 'not-asked';
    const { faultOf, ...signals } = look(ending);
    try {
      const access = await this.clients.to(claim.issuer);
      if (!access) return await this.unread(claim, 'This GitLab is not configured here any more.');
      const word = await this.reader.read(claim, access, signals);
      if (word.state === null && word.keys === null && word.problem !== null) {
        await this.accounts.recordSilence(claim, word.problem, pauseSeconds(claim.attempts));
        return 'served';
      }
      const groups = await this.accounts.record(claim, word, this.nextInSeconds());
      for (const project of groups) this.jobs.wake('gitlab.sync-group', { id: project }, `sweep:${project}`);
      return 'served';
    } catch (error) {
      return this.failed(claim, faultOf(error), ending);
    }
  }

  private async unread(claim: AccountClaim, problem: string): Promise<LookResult> {
    await this.accounts.recordSilence(claim, problem, pauseSeconds(claim.attempts));
    return 'not-asked';
  }

  private async failed(claim: AccountClaim, error: unknown, ending: AbortSignal): Promise<LookResult> {
    if (error instanceof LeaseLostError) return 'not-asked';
    if (ending.aborted) {
      await this.accounts.release(claim);
      return 'not-asked';
    }
    const issuerFault = isIssuerFault(error);
    if (!issuerFault) this.log.error(error);
    await this.accounts.recordSilence(claim, silenceOf(error), pauseSeconds(claim.attempts));
    return issuerFault ? { fault: error } : 'not-asked';
  }

  private nextInSeconds(): number {
    return this.settings.gitlabSyncSeconds * (0.9 + Math.random() / 10);
  }
}
