import { DomainError, notFound } from '@lxdm/domain';
import {
  LockedMember,
  LockedProject,
  MembersRepository,
  ProjectChangesRepository,
  Transactor,
  Tx,
} from '@lxdm/entities';
import { Injectable } from '@nestjs/common';
import { Act, Audit } from '../audit/audit.service';
import { Refusal } from '../audit/refusal';
import type { Actor } from '../session/actor';
import { mayOnProject, ProjectAction } from './projects.policy';

/** A project that is being changed, with its members as they are under the lock. */
export interface ProjectUnderLock {
  project: LockedProject;
  members: LockedMember[];
}

/** What a change did, for the log; its project is the target. */
export interface ProjectAct {
  action: string;
  detail?: Act['detail'];
}

/** The one way to change a project: the row is locked first, so that who may is asked of the members as they are then; the act is written down with it. */
@Injectable()
export class ProjectChange {
  constructor(
    private readonly db: Transactor,
    private readonly changes: ProjectChangesRepository,
    private readonly members: MembersRepository,
    private readonly audit: Audit,
  ) {}

  /**
   * @param work changes something and says what it was
   * @throws DomainError `not-found` for strangers, `forbidden` for members who may not
   */
  async run(
    actor: Actor,
    id: string,
    action: ProjectAction,
    work: (tx: Tx, under: ProjectUnderLock) => Promise<ProjectAct | null>,
  ): Promise<void> {
    await this.db.run(async (tx) => {
      const under = await this.open(tx, actor, id, action);
      const act = await work(tx, under);
      if (act) await this.audit.record(tx, actor, actOn(under.project, act.action, act.detail));
    });
  }

  private async open(tx: Tx, actor: Actor, id: string, action: ProjectAction): Promise<ProjectUnderLock> {
    const project = await this.changes.lock(tx, id);
    const members = project ? await this.members.of(tx, id) : [];
    const own = members.find((member) => member.userId === actor.userId);
    const roles = new Map(own ? [[id, own.role]] : []);
    const viewer = { userId: actor.userId, isAdmin: actor.isAdmin, kind: actor.kind, roles };
    if (!project || !mayOnProject(viewer, 'read', id)) throw notFound('project');
    if (!mayOnProject(viewer, action, id))
      throw new Refusal(`Only an owner of "${project.name}" may do that.`, actOn(project, `project.${action}`));
    return { project, members };
  }
}

/**
 * Refuses what would leave a project without an owner who can sign in and whom no GitLab group can take away.
 * @throws DomainError `last-owner`
 */
export function keepAnOwner(before: readonly LockedMember[], after: readonly LockedMember[]): void {
  const owners = (members: readonly LockedMember[]): LockedMember[] =>
    members.filter(({ role, source, kind }) => role === 'owner' && source === 'manual' && kind === 'person');
  const active = (members: readonly LockedMember[]): number => owners(members).filter((owner) => owner.active).length;
  if ((active(before) > 0 && active(after) === 0) || (owners(before).length > 0 && owners(after).length === 0))
    throw new DomainError('last-owner', 'A project needs an owner who can sign in: make somebody else an owner first.');
}

/** An act on a project, for the log; its members read of it. */
export function actOn(project: { id: string; name: string }, action: string, detail: Act['detail'] = null): Act {
  return { action, target: { kind: 'project', id: project.id, name: project.name }, projectId: project.id, detail };
}
