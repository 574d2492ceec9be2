import { describe, expect, it } from 'vitest';
import { gitlabPage, gitlabUrl } from './gitlab-url';

describe('gitlabUrl', () => {
  it.each([
    ['/social-auth/login/gitlab/', '/', undefined, '/social-auth/login/gitlab/?next=%2F'],
    [
      '/social-auth/login/gitlab/?next=',
      '/hosts?a=b&c',
      undefined,
      '/social-auth/login/gitlab/?next=%2Fhosts%3Fa%3Db%26c',
    ],
    [
      '/social-auth/login/gitlab/other/?next=%2F',
      '/profile',
      'link',
      '/social-auth/login/gitlab/other/?next=%2Fprofile&link=1',
    ],
    ['/social-auth/login/gitlab/', '/people', 'sudo', '/social-auth/login/gitlab/?next=%2Fpeople&sudo=1'],
  ] as const)('%s back to %s (%s)', (begin, next, purpose, url) => {
    expect(gitlabUrl(begin, next, purpose)).toBe(url);
  });
});

it.each([
  ['https://git.example/', 'ada', 'https://git.example/ada'],
  ['https://git.example/sub', 'lab/team', 'https://git.example/sub/lab/team'],
])('a page of %s', (issuer, path, url) => expect(gitlabPage(issuer, path)).toBe(url));
