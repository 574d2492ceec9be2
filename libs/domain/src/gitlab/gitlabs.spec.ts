import { gitlabSecretFile, parseGitlabs } from './gitlabs';

describe('parseGitlabs', () => {
  it.each([
    ['', []],
    ['  ', []],
    ['https://a.example', [['', 'https://a.example/', 'a.example']]],
    ['https://A.Example:443/', [['', 'https://a.example/', 'a.example']]],
    ['http://a.example:8080/git//', [['', 'http://a.example:8080/git/', 'a.example:8080']]],
    ['main=https://a.example/', [['', 'https://a.example/', 'main']]],
    [
      'main=https://a.example/ other=https://b.example/sub/',
      [
        ['', 'https://a.example/', 'main'],
        ['other', 'https://b.example/sub/', 'other'],
      ],
    ],
    [
      'https://a.example,lab-2=https://b.example\n',
      [
        ['', 'https://a.example/', 'a.example'],
        ['lab-2', 'https://b.example/', 'lab-2'],
      ],
    ],
  ])('reads %j', (text, sites) => {
    expect(parseGitlabs(text).map(({ prefix, issuer, name }) => [prefix, issuer, name])).toEqual(sites);
  });

  it.each([
    ['a.example', /begins with https/],
    ['ftp://a.example/', /begins with https/],
    ['https://user:pass@a.example/', /no user or password/],
    ['https://a.example/?x=1', /without \?/],
    ['https://a.example/#x', /without \?/],
    ['https://a.example/ https://b.example/', /a name.*entry 2/],
    ['x=https://a.example/ y=https://a.example', /same GitLab twice/],
    ['x=https://a.example/ x=https://b.example', /"x" twice/],
    ['X=https://a.example/', /lower-case/],
    ['../x=https://a.example/', /begins with https/],
    ['=https://a.example/', /lower-case/],
  ])('refuses %j', (text, fault) => {
    expect(() => parseGitlabs(text)).toThrow(fault);
  });

  it('never repeats a password', () => {
    expect(() => parseGitlabs('https://user:hunter2@a.example/')).toThrow(/^((?!hunter2).)*$/);
  });
});

describe('gitlabSecretFile', () => {
  it('adds the prefix, where there is one', () => {
    expect(gitlabSecretFile('gitlab_id', '')).toBe('gitlab_id');
    expect(gitlabSecretFile('gitlab_secret', 'other')).toBe('gitlab_secret_other');
  });
});
