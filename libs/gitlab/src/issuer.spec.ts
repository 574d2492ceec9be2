import { issuerOf } from './issuer';

describe('issuerOf', () => {
  it.each([
    ['https://gitlab.example', 'https://gitlab.example/'],
    ['https://GitLab.example:443//', 'https://gitlab.example/'],
    ['http://127.0.0.1:8090/git/lab', 'http://127.0.0.1:8090/git/lab/'],
  ])('makes one form of %s', (address, issuer) => {
    expect(issuerOf(address)).toBe(issuer);
    expect(issuerOf(issuer)).toBe(issuer);
  });

  it.each(['', 'gitlab.example', 'ftp://a/', 'https://u:hunter2@a/', 'https://a/?hunter2', 'https://a/#hunter2'])(
    'refuses %s and repeats nothing of it',
    (address) => {
      expect(() => issuerOf(address)).toThrow(/^((?!hunter2).)*$/);
    },
  );
});
