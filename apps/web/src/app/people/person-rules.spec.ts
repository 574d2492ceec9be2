import { describe, expect, it } from 'vitest';
import { person } from '../testing/people';
import { personActions, standingReason } from './person-rules';

const at = '2026-01-01T00:00:00Z';
const gitlab = {
  issuer: 'https://git.example',
  username: 'grace',
  state: 'blocked' as const,
  syncedAt: at,
  syncError: null,
};

describe('what may be done with somebody', () => {
  it.each([
    ['one who waits', person({ standing: 'waiting' }), ['approve', 'block']],
    ['one who is active', person(), ['block', 'promote']],
    ['another administrator', person({ isAdmin: true }), ['block', 'demote']],
    ['oneself', person({ id: 'me', isAdmin: true }), []],
    ['one who is blocked', person({ standing: 'blocked', blockedAt: at }), ['unblock']],
    ['one whom GitLab blocked', person({ standing: 'blocked', gitlab }), []],
    ['one whom both blocked', person({ standing: 'blocked', blockedAt: at, gitlab }), ['unblock']],
    ['a service', person({ kind: 'service' }), ['block']],
  ])('%s', (_who, subject, expected) => {
    const allowed = Object.entries(personActions(subject, 'me')).filter(([, may]) => may);
    expect(allowed.map(([action]) => action)).toEqual(expected);
  });
});

describe('why somebody stands so', () => {
  it.each([
    [person(), null],
    [person({ reason: '  ' }), null],
    [person({ standing: 'blocked', blockedAt: at, reason: 'left the team', gitlab }), 'left the team'],
    [
      person({ standing: 'blocked', gitlab }),
      'GitLab says that grace is blocked; this ends when GitLab says otherwise.',
    ],
  ])('case %#', (subject, text) => expect(standingReason(subject)).toBe(text));
});
