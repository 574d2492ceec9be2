import { describe, expect, it } from 'vitest';
import { auditEntry } from '../testing/audit';
import { actionText, detailLine, detailRows, resultLook, targetLink } from './audit-text';

describe('actions in words', () => {
  it.each([
    ['container.start', 'Start container'],
    ['container.started', 'Container started'],
    ['container.redeploy-keys', 'Redeploy SSH keys'],
    ['ssh-key.add', 'Add SSH key'],
    ['session.sudo-on', 'Turn sudo on'],
    ['member.change', 'Change member'],
    ['something.never-heard', 'Never heard something'],
    ['odd', 'Odd'],
  ])('%s: %s', (action, text) => expect(actionText(action)).toBe(text));
});

describe('how it ended', () => {
  it.each([
    [{ result: 'accepted', operation: { id: 'o', status: 'Failure' } }, 'Failed'],
    [{ result: 'accepted', operation: { id: 'o', status: 'Running' } }, 'Running'],
    [{ result: 'accepted' }, 'Accepted'],
    [{ result: 'done' }, 'Done'],
    [{ result: 'refused' }, 'Refused'],
  ] as const)('%o is %s', (part, label) => expect(resultLook(auditEntry(part)).label).toBe(label));
});

describe('where a thing is shown', () => {
  it.each([
    [{ kind: 'container', id: 'c', name: 'web' }, false, ['/containers', 'c']],
    [{ kind: 'user', id: 'u', name: 'ada' }, true, ['/people']],
    [{ kind: 'user', id: 'u', name: 'ada' }, false, undefined],
    [{ kind: 'session', id: 's', name: '' }, true, undefined],
    [{ kind: 'host', id: null, name: 'gone' }, true, undefined],
  ])('%o (sudo: %s)', (target, isAdmin, path) => expect(targetLink(target, isAdmin)?.path).toEqual(path));
});

it('shows details as words, and nothing of what is empty', () => {
  expect(detailRows({ oldName: 'a', force: true, reason: '', keys: ['x'], from: null })).toEqual([
    { label: 'Old name', value: 'a' },
    { label: 'Force', value: 'true' },
    { label: 'Keys', value: '["x"]' },
  ]);
});

it('says details in a line of bounded length', () => {
  expect(detailLine({ member: 'grace', role: 'viewer' })).toBe('member grace, role viewer');
  expect(detailLine({ to: 'b', from: 'a', userId: 'x', force: false })).toBe('from a, to b');
  expect(detailLine(null)).toBe('');
  expect(detailLine({ reason: 'x'.repeat(500) })).toHaveLength(90);
});
