import { roleOfAccessLevel } from '@lxdm/domain';
import { GitlabGroupsRepository, GroupClaim, GroupMember, LeaseLostError } from '@lxdm/entities';
import { GitlabMember, isGitlabError, isShutOut } from '@lxdm/gitlab';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { SETTINGS, WorkerSettings } from '../settings';
import type { LookResult } from './account-sync';
import { GitlabAccess, GitlabClients } from './gitlab-clients';
import { look } from './look';
import { isIssuerFault, pauseSeconds, silenceOf } from './silence';

const GONE =
  'GitLab says that there is no such group, or does not show it to this manager: after ten minutes its members lose their place here.';
const EMPTY = 'GitLab shows no member of this group: after ten minutes its members lose their place here.';

/** Keeps the members of one project as the group in GitLab says; its silence changes nothing. */
@Injectable()
export class GroupSync {
  private readonly log = new Logger(GroupSync.name);

  constructor(
    @Inject(SETTINGS) private readonly settings: WorkerSettings,
    private readonly groups: GitlabGroupsRepository,
    private readonly clients: GitlabClients,
  ) {}

  /** Looks at the group of one project, if nobody else does. */
  async sync(projectId: string, ending: AbortSignal): Promise<LookResult> {
    const claim = await this.groups.claim(projectId);
    if (!claim) return 'not-asked';
    const { faultOf, reading } = look(ending);
    try {
      const access = await this.clients.to(claim.issuer);
      if (!access) return await this.unread(claim, 'This GitLab is not configured here any more. Everybody stays.');
      if (access.readingToken === null)
        return await this.unread(
          claim,
          'The manager has no token to read GitLab with (gitlab_token). Everybody stays.',
        );
      await this.follow(claim, access, access.readingToken, reading);
      return 'served';
    } catch (error) {
      return this.failed(claim, faultOf(error), ending);
    }
  }

  private async follow(claim: GroupClaim, { client }: GitlabAccess, token: string, signal: AbortSignal): Promise<void> {
    const { path } = await client.group(claim.groupId, { token, signal });
    const members = await client.groupMembers(claim.groupId, { token, signal });
    // A group has an owner: none at all is what a token without the right to see them is shown.
    if (members.length === 0) await this.groups.recordMissing(claim, EMPTY, missingPause(claim));
    else await this.groups.record(claim, { path, members: rolesOf(members) }, this.nextInSeconds());
  }

  private async unread(claim: GroupClaim, problem: string): Promise<LookResult> {
    await this.groups.recordSilence(claim, problem, pauseSeconds(claim.attempts));
    return 'not-asked';
  }

  private async failed(claim: GroupClaim, error: unknown, ending: AbortSignal): Promise<LookResult> {
    if (error instanceof LeaseLostError) return 'not-asked';
    if (ending.aborted) {
      await this.groups.release(claim);
      return 'not-asked';
    }
    if (isGitlabError(error, 'not-found')) {
      await this.groups.recordMissing(claim, GONE, missingPause(claim));
      return 'served';
    }
    const issuerFault = isIssuerFault(error);
    await this.groups.recordSilence(claim, silenceOf(error), pauseSeconds(claim.attempts));
    if (isGitlabError(error, 'unauthorized', 'forbidden')) return 'served';
    if (!issuerFault) this.log.error(error);
    return issuerFault ? { fault: error } : 'not-asked';
  }

  private nextInSeconds(): number {
    return this.settings.gitlabSyncSeconds * (0.9 + Math.random() / 10);
  }
}

/** Asked again within a minute, so that a mistake that is put right is noticed soon. */
function missingPause(claim: GroupClaim): number {
  return Math.min(60, pauseSeconds(claim.attempts));
}

/** Who GitLab does not let in is no member here either, and "minimal access" is none. */
function rolesOf(members: readonly GitlabMember[]): GroupMember[] {
  return members.flatMap((member) => {
    const role = isShutOut(member.state) ? null : roleOfAccessLevel(member.accessLevel);
    return role === null ? [] : [{ gitlabId: member.id, role }];
  });
}
