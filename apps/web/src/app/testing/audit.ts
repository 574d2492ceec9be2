import type { AuditEntry } from '@lxdm/api-client';

export function auditEntry(part: Partial<AuditEntry> = {}): AuditEntry {
  return {
    seq: 1,
    at: '2026-01-01T12:00:00.000Z',
    actor: { id: 'u1', name: 'ada' },
    means: 'session',
    sudo: false,
    address: null,
    action: 'container.start',
    target: { kind: 'container', id: 'c1', name: 'web1' },
    project: null,
    operation: null,
    result: 'done',
    detail: null,
    requestId: null,
    ...part,
  };
}
