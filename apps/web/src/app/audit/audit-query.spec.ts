import { describe, expect, it } from 'vitest';
import { auditFilter, exportUrl, isNarrowedAudit, readAuditQuery, writeAuditQuery } from './audit-query';

const id = '7f0f6b1e-0d5c-4a3e-9a52-0d7f0c1b2a3d';
const none = readAuditQuery({});

describe('the filter of the audit log', () => {
  it.each([
    [{ action: 'container.*' }, { action: 'container.*' }],
    [{ action: 'container.start' }, { action: 'container.start' }],
    [{ action: 'DROP TABLE' }, {}],
    [{ projectId: id, actorId: 'nobody' }, { projectId: id }],
    [{ text: '  web1 ' }, { text: 'web1' }],
    [{ from: '2026-02-31', until: 'tomorrow' }, {}],
    [{ from: '2026-02-28' }, { from: '2026-02-28' }],
  ])('reads %o from the address', (params, expected) => {
    expect(readAuditQuery(params)).toEqual({ ...none, ...expected });
  });

  it('comes back from the address as it went', () => {
    const query = { ...none, text: 'web', action: 'host.add', from: '2026-01-01', until: '2026-01-02', targetId: 'x' };
    const written = Object.entries(writeAuditQuery(query)).filter(([, value]) => value !== null);
    expect(readAuditQuery(Object.fromEntries(written))).toEqual(query);
  });

  it('means whole days, the last one included', () => {
    const filter = auditFilter({ ...none, from: '2026-01-31', until: '2026-01-31' });
    expect(Date.parse(filter.until ?? '') - Date.parse(filter.from ?? '')).toBe(86_400_000);
    expect(new Date(filter.from ?? '').getHours()).toBe(0);
  });

  it('exports what is shown', () => {
    expect(exportUrl({ ...none, action: 'container.*', text: 'a&b' }, 'csv')).toBe(
      '/api/audit/export?text=a%26b&action=container.*&format=csv',
    );
  });

  it('knows when it narrows nothing', () => {
    expect([isNarrowedAudit(none), isNarrowedAudit({ ...none, until: '2026-01-01' })]).toEqual([false, true]);
  });
});
