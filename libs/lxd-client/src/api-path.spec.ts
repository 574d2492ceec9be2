import { apiPath } from './api-path';

describe('apiPath', () => {
  it.each([
    [['instances', 'web'], {}, '/1.0/instances/web'],
    [[], {}, '/1.0'],
    [['instances', 'a/b'], {}, '/1.0/instances/a%2Fb'],
    [['instances', '../certificates'], {}, '/1.0/instances/..%2Fcertificates'],
    [['instances', 'a?b#c'], {}, '/1.0/instances/a%3Fb%23c'],
    [['instances', 'ä %'], {}, '/1.0/instances/%C3%A4%20%25'],
    [['instances', 'a\r\nHost: x'], {}, '/1.0/instances/a%0D%0AHost%3A%20x'],
    [['instances'], { recursion: '2', project: undefined }, '/1.0/instances?recursion=2'],
    [['instances'], { project: 'a&b=c', path: '/x y' }, '/1.0/instances?project=a%26b%3Dc&path=%2Fx%20y'],
  ])('%j %j → %s', (segments, query, path) => {
    expect(apiPath(segments, query)).toBe(path);
  });

  it.each(['', '.', '..'])('refuses the segment %j, which a server would resolve', (segment) => {
    expect(() => apiPath(['instances', segment])).toThrow(expect.objectContaining({ kind: 'bad-request' }));
  });
});
