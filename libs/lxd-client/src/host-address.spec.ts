import { parseHostUrl } from './host-address';

describe('parseHostUrl', () => {
  it.each([
    ['https://198.51.100.11:8443', '198.51.100.11', 8443, undefined],
    ['https://[2001:db8:100::11]:8443/', '2001:db8:100::11', 8443, undefined],
    ['https://lxd.example.org', 'lxd.example.org', 443, 'lxd.example.org'],
  ])('%s', (url, hostname, port, servername) => {
    expect(parseHostUrl(url)).toMatchObject({ hostname, port, servername });
  });

  it.each(['http://h:8443', 'https://h:8443/1.0', 'https://u:p@h', 'https://h?x=1', 'h:8443', '', 'unix:///x'])(
    'refuses %s',
    (url) => {
      expect(() => parseHostUrl(url)).toThrow(expect.objectContaining({ kind: 'bad-request' }));
    },
  );
});
