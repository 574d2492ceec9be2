import { describe, expect, it } from 'vitest';
import { container, operation } from '../testing/samples';
import { allowedActions, containerLook, shownStatus, statuses } from './container-status';

describe('shownStatus', () => {
  it.each([
    ['container.create', 'Creating'],
    ['container.start', 'Starting'],
    ['container.stop', 'Stopping'],
    ['container.restart', 'Restarting'],
    ['container.delete', 'Deleting'],
  ] as const)('%s shows %s until the first event', (type, status) => {
    expect(shownStatus(container({ status: 'Stopped' }), operation({ type }))).toBe(status);
  });

  it('leaves the word to the server once it says pending', () => {
    expect(shownStatus(container({ status: 'Stopping', pending: true }), operation())).toBe('Stopping');
  });

  it('is the server’s without an operation', () => {
    expect(shownStatus(container({ status: 'Frozen' }), undefined)).toBe('Frozen');
  });
});

describe('allowedActions', () => {
  it.each([
    ['Running', 'stop restart remove'],
    ['Frozen', 'stop restart remove'],
    ['Stopped', 'start remove'],
    ['Error', 'start stop remove'],
    ['Unknown', 'start stop remove'],
    ['Missing', 'remove'],
    ['Creating', 'remove'],
    ['Starting', 'remove'],
    ['Deleting', ''],
  ] as const)('%s: %s', (status, expected) => {
    const allowed = Object.entries(allowedActions(status)).filter(([, yes]) => yes);
    expect(allowed.map(([name]) => name).join(' ')).toBe(expected);
  });
});

it('every status has a word and an icon of its own or says that it moves', () => {
  const settled = statuses.map(containerLook).filter((look) => look.icon !== 'sync');
  expect(new Set(settled.map((look) => look.icon)).size).toBe(settled.length);
  expect(new Set(statuses.map((status) => containerLook(status).label)).size).toBe(11);
});
