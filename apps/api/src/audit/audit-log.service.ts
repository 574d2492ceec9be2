import { DomainError, invalid } from '@lxdm/domain';
import {
  AuditQuery,
  AuditRepository,
  AuditView,
  ProjectsRepository,
  SessionsRepository,
  TokensRepository,
} from '@lxdm/entities';
import { Injectable } from '@nestjs/common';
import { Viewer, viewerOf, visibleProjects } from '../projects/viewer';
import type { Actor } from '../session/actor';
import { auditEntryOf } from './audit-mapping';
import type { AuditEntry, AuditPage } from './dto/audit-entry';
import type { AuditFilter, ListAudit } from './dto/list-audit';

/** More than this is no export for a spreadsheet: ask for a shorter time. */
export const EXPORT_LIMIT = 100_000;

const BATCH = 1_000;

/** What was done, as far as the viewer may see it. */
@Injectable()
export class AuditLog {
  constructor(
    private readonly events: AuditRepository,
    private readonly projects: ProjectsRepository,
    private readonly sessions: SessionsRepository,
    private readonly tokens: TokensRepository,
  ) {}

  async list(actor: Actor, { before, limit, ...filter }: ListAudit): Promise<AuditPage> {
    const viewer = await viewerOf(actor, this.projects);
    // One more than asked for tells whether there is a next page.
    const views = await this.read(viewer, filter, limit + 1, before);
    const items = views.slice(0, limit).map((view) => auditEntryOf(view, viewer));
    return { items, next: views.length > limit ? (items.at(-1)?.seq ?? null) : null };
  }

  /** The entries of an export, read a batch at a time, so that nobody holds them all; the rights are asked for again with each. */
  async *export(actor: Actor, filter: AuditFilter): AsyncGenerator<AuditEntry[]> {
    let before: number | undefined;
    for (let left = EXPORT_LIMIT; left > 0; left -= BATCH) {
      if (before !== undefined) await this.mustGoOn(actor);
      const viewer = await viewerOf(actor, this.projects);
      const views = await this.read(viewer, filter, Math.min(BATCH, left), before);
      if (views.length > 0) yield views.map((view) => auditEntryOf(view, viewer));
      if (views.length < BATCH) return;
      before = views.at(-1)?.seq;
    }
  }

  /** A slow reader may take hours: whoever is blocked, signed out or without sudo meanwhile gets no more. */
  private async mustGoOn({ sessionId, tokenId, isAdmin }: Actor): Promise<void> {
    const [present] =
      sessionId === null ? await this.tokens.liveAmong([tokenId ?? '']) : await this.sessions.liveAmong([sessionId]);
    if (present?.isAdmin !== isAdmin)
      throw new DomainError('unauthenticated', 'The session, or its sudo, has ended meanwhile.');
  }

  private read(viewer: Viewer, filter: AuditFilter, limit: number, before?: number): Promise<AuditView[]> {
    const { from, until, actorId, action, targetId, projectId, text } = filter;
    const query: AuditQuery = {
      projectIds: visibleProjects(viewer),
      viewerId: viewer.userId,
      ...(actorId !== undefined && { actorId }),
      ...(action !== undefined && { action }),
      ...(targetId !== undefined && { targetId }),
      ...(projectId !== undefined && { projectId }),
      ...(text !== undefined && { text }),
      ...(from !== undefined && { from: momentOf('from', from) }),
      ...(until !== undefined && { until: momentOf('until', until) }),
      ...(before !== undefined && { before }),
      limit,
    };
    return this.events.list(query);
  }
}

/** ISO 8601 has weeks and days of the year, too, which Date does not read. */
function momentOf(field: 'from' | 'until', text: string): Date {
  const moment = new Date(text);
  if (Number.isNaN(moment.getTime())) throw invalid(field, 'This is no time such as 2026-01-31T12:00:00Z.');
  return moment;
}
