import { GitlabError } from '@lxdm/gitlab';
import { isIssuerFault, pauseSeconds, silenceOf } from './silence';

describe('pauseSeconds', () => {
  it.each([
    [0, 5],
    [1, 10],
    [3, 40],
    [6, 300],
    [500, 300],
  ])('after %d tries in vain at most %d s, at least half of that', (attempts, seconds) => {
    expect(pauseSeconds(attempts, 0, 1)).toBe(seconds);
    expect(pauseSeconds(attempts, 0, 0)).toBe(seconds / 2);
  });

  it('waits for as long as GitLab wants', () => {
    expect(pauseSeconds(0, 90_000, 0)).toBe(90);
  });
});

describe('isIssuerFault', () => {
  it.each([
    ['unreachable', true],
    ['timeout', true],
    ['server', true],
    ['throttled', true],
    ['garbage', true],
    ['unauthorized', false],
    ['forbidden', false],
    ['token-refused', false],
    ['client-refused', false],
    ['not-found', false],
    ['cancelled', false],
  ] as const)('%s: %s', (kind, expected) => {
    expect(isIssuerFault(new GitlabError(kind, 'x'))).toBe(expected);
  });
});

describe('silenceOf', () => {
  it.each([
    [new GitlabError('timeout', 'GitLab took too long'), 'GitLab could not be asked: GitLab took too long. Keys'],
    [Object.assign(new Error('x'), { code: '57P01' }), "The manager's database"],
    [new TypeError('x is not a function'), 'A fault of the manager itself'],
  ])('%s', (error, words) => {
    expect(silenceOf(error)).toContain(words);
    expect(silenceOf(error)).toMatch(/stay as they are\.$/);
  });
});
