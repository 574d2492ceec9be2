import type { Host } from '@lxdm/api-client';
import { describe, expect, it } from 'vitest';
import { host } from '../testing/samples';
import { hostLook, hostReason, memoryUse, serverText } from './host-state';

const states: Host['state'][] = [
  'Contacting',
  'AwaitingConfirmation',
  'Connecting',
  'Online',
  'Unreachable',
  'Failed',
  'Removing',
];

describe('host state', () => {
  it.each(states)('%s has a word, and a reason unless all is well', (state) => {
    expect(hostLook(state).label).not.toBe('');
    expect(hostReason(host({ state })) === null).toBe(state === 'Online');
  });

  it('prefers the server’s own words', () => {
    expect(hostReason(host({ state: 'Failed', stateReason: 'Wrong password.' }))).toBe('Wrong password.');
  });

  it.each([
    ['lxd', '5.21', 'LXD 5.21'],
    ['incus', null, 'Incus'],
    [null, null, null],
  ] as const)('%s %s is %s', (server, serverVersion, expected) => {
    expect(serverText({ server, serverVersion })).toBe(expected);
  });

  it.each([
    [
      { totalBytes: 100, usedBytes: 50 },
      { percent: 50, tight: false },
    ],
    [
      { totalBytes: 100, usedBytes: 85 },
      { percent: 85, tight: true },
    ],
    [
      { totalBytes: 100, usedBytes: 250 },
      { percent: 100, tight: true },
    ],
    [{ totalBytes: 0, usedBytes: 0 }, null],
    [null, null],
  ])('%o fills %o', (memory, expected) => {
    expect(memoryUse(memory)).toEqual(expected);
  });
});
