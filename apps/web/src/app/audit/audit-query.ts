import { exactDay } from './audit-days';

/** Which entries the audit page shows; all of it is in the address. Days are those of this browser's clock. */
export interface AuditQuery {
  text: string;
  action: string;
  projectId: string;
  actorId: string;
  targetId: string;
  from: string;
  until: string;
}

export const auditQueryKeys = ['text', 'action', 'projectId', 'actorId', 'targetId', 'from', 'until'] as const;

/** What the API is asked, without the place in the list. */
export type AuditFilter = Partial<Record<keyof AuditQuery, string>>;

/** From the address; what is odd is left out rather than refused. */
export function readAuditQuery(params: Partial<Record<keyof AuditQuery, string | undefined>>): AuditQuery {
  const id = (text = ''): string => (/^[0-9a-f-]{36}$/i.test(text) ? text : '');
  return {
    text: (params.text ?? '').trim().slice(0, 200),
    action: /^[a-z-]{1,30}\.(\*|[a-z-]{1,30})$/.test(params.action ?? '') ? (params.action ?? '') : '',
    projectId: id(params.projectId),
    actorId: id(params.actorId),
    targetId: (params.targetId ?? '').slice(0, 100),
    from: exactDay(params.from ?? '') === null ? '' : (params.from ?? ''),
    until: exactDay(params.until ?? '') === null ? '' : (params.until ?? ''),
  };
}

/** For the address: only what is set. */
export function writeAuditQuery(query: AuditQuery): Record<keyof AuditQuery, string | null> {
  const { text, action, projectId, actorId, targetId, from, until } = query;
  return {
    text: text || null,
    action: action || null,
    projectId: projectId || null,
    actorId: actorId || null,
    targetId: targetId || null,
    from: from || null,
    until: until || null,
  };
}

/** For the API: both days are meant whole, and the API's `until` is exclusive. */
export function auditFilter({ from, until, ...rest }: AuditQuery): AuditFilter {
  const set = Object.entries(rest).filter(([, value]) => value !== '');
  const begin = exactDay(from);
  const end = exactDay(until, 1);
  return {
    ...(Object.fromEntries(set) as AuditFilter),
    ...(begin && { from: begin.toISOString() }),
    ...(end && { until: end.toISOString() }),
  };
}

export function isNarrowedAudit(query: AuditQuery): boolean {
  return auditQueryKeys.some((key) => query[key] !== '');
}

/** Where the browser loads the same entries as a file. */
export function exportUrl(query: AuditQuery, format: 'csv' | 'json'): string {
  return `/api/audit/export?${new URLSearchParams({ ...auditFilter(query), format })}`;
}
