import { notFound } from '@lxdm/domain';
import {
  DynamicEntriesRepository,
  DynamicEntryView,
  DynamicTokensRepository,
  ProjectsRepository,
} from '@lxdm/entities';
import { Injectable } from '@nestjs/common';
import type { Act } from '../audit/audit.service';
import { Refusal } from '../audit/refusal';
import { Viewer, viewerOf } from '../projects/viewer';
import type { Actor, EntryCaller } from '../session/actor';
import { EntryAction, EntryHome, mayOnEntry } from './dynamic-entries.policy';

/** Finds dynamic entries for those who may see them; for all others they do not exist. */
@Injectable()
export class EntryAccess {
  constructor(
    private readonly entries: DynamicEntriesRepository,
    private readonly tokens: DynamicTokensRepository,
    private readonly projects: ProjectsRepository,
  ) {}

  /** @throws DomainError `not-found`; Refusal for an entry that may be seen */
  async find(actor: Actor, id: string, action: EntryAction, verb: string): Promise<DynamicEntryView> {
    const [entry, viewer] = await Promise.all([this.entries.find(id), viewerOf(actor, this.projects)]);
    if (!entry || !mayOnEntry(viewer, 'read', homeOf(entry))) throw notFound('entry');
    if (!mayOnEntry(viewer, action, homeOf(entry)))
      throw new Refusal(
        action === 'change' ? 'Only admins change entries.' : 'You may look at this entry, not set it.',
        actOn(entry, verb),
      );
    return entry;
  }

  /** An entry whose values the caller may set, from there. */
  async toSet(caller: EntryCaller, id: string, verb: string): Promise<DynamicEntryView> {
    if ('entryId' in caller) {
      const entry = caller.entryId === id ? await this.entries.find(id) : null;
      if (!entry) throw notFound('entry');
      return entry;
    }
    const entry = await this.find(caller, id, 'set-values', verb);
    if (!(await this.tokens.isWithin(caller.address, entry.networks)))
      throw new Refusal('The values of this entry are not set from your network.', actOn(entry, verb));
    return entry;
  }

  /** The oldest of those entries at a name that the caller may set, from there; null for none. */
  async settableAt(caller: EntryCaller, owner: string, type: number): Promise<DynamicEntryView | null> {
    const found = await this.entries.at(owner, type);
    if ('entryId' in caller) return found.find(({ id }) => id === caller.entryId) ?? null;
    const viewer = await this.viewer(caller);
    for (const entry of found)
      if (
        mayOnEntry(viewer, 'set-values', homeOf(entry)) &&
        (await this.tokens.isWithin(caller.address, entry.networks))
      )
        return entry;
    return null;
  }

  viewer(actor: Actor): Promise<Viewer> {
    return viewerOf(actor, this.projects);
  }
}

/** Whose an entry is. */
export function homeOf({ owners, projectId }: Pick<DynamicEntryView, 'owners' | 'projectId'>): EntryHome {
  return { ownerIds: owners.map(({ id }) => id), projectId };
}

/** An act on an entry, for the log. */
export function actOn(
  entry: Pick<DynamicEntryView, 'id' | 'owner' | 'projectId'>,
  verb: string,
  detail?: Act['detail'],
): Act {
  return {
    action: `dynamic-entry.${verb}`,
    target: { kind: 'dynamic-entry', id: entry.id, name: entry.owner },
    projectId: entry.projectId,
    ...(detail && { detail }),
  };
}
