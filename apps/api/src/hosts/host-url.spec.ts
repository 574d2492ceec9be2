import { monitoringUrlFault, parseHostUrl } from './host-url';

it.each([
  ['https://host1.example.org:8443', 'https://host1.example.org:8443'],
  ['https://host1.example.org', 'https://host1.example.org:8443'],
  ['https://host1.example.org/', 'https://host1.example.org:8443'],
  ['host1.example.org', 'https://host1.example.org:8443'],
  ['HOST1:9443', 'https://host1:9443'],
  ['https://host1:443', 'https://host1:443'],
  ['https://host1.example.org.:8443', 'https://host1.example.org:8443'],
  ['https://192.0.2.1', 'https://192.0.2.1:8443'],
  ['https://0xc0000201', 'https://192.0.2.1:8443'],
  ['https://[2001:db8::1]:8443', 'https://[2001:db8::1]:8443'],
  ['[2001:DB8::1]', 'https://[2001:db8::1]:8443'],
])('%s is %s', (text, url) => expect(parseHostUrl(text)).toEqual({ url }));

it.each([
  'http://host',
  'ftp://host',
  'unix:///var/lib/lxd/unix.socket',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'https://user:password@host',
  'https://user@host',
  'user@host',
  'https://host/path',
  'https://host/1.0',
  'https://host?x=1',
  'https://host?',
  'https://host#x',
  'https://host:99999',
  'https://host:0x1',
  'https://',
  '',
  'https://ho st',
  'https://host\\@evil',
  'https://host%2fevil',
  'https://host\n',
  '2001:db8::1',
])('%j is refused', (text) => expect(parseHostUrl(text)).toEqual({ fault: expect.any(String) }));

it.each(['https://m.example.org/host?x=1#y', 'http://192.0.2.1:3000/'])('%s is a monitoring page', (text) =>
  expect(monitoringUrlFault(text)).toBeUndefined(),
);
it.each(['javascript:alert(1)', 'data:text/html,x', 'm.example.org', 'https://u:p@m/', ''])(
  '%j is no monitoring page',
  (text) => expect(monitoringUrlFault(text)).toEqual(expect.any(String)),
);
