import { zoneDocument } from '@lxdm/domain';
import { zoneText } from './zone-text';

it('is a zone file, with what is left out as comments that cannot break out of their line', () => {
  const names = [
    { name: 'web1', address: '192.0.2.1', family: 4 as const },
    { name: 'web1', address: '2001:db8::1', family: 6 as const },
    { name: 'odd\nevil 60 IN A 192.0.2.66', address: '192.0.2.2', family: 4 as const },
  ];
  const apex = { zone: 'ct.example.', nameserver: 'ns.ct.example.', nameserverAddresses: ['192.0.2.53'] };
  expect(zoneText(zoneDocument(apex, { serial: 5, names })).split('\n')).toEqual([
    '$ORIGIN ct.example.',
    '@ 3600 IN SOA ns.ct.example. hostmaster.ct.example. 5 3600 600 1209600 60',
    '@ 3600 IN NS ns.ct.example.',
    'ns.ct.example. 3600 IN A 192.0.2.53',
    'web1 60 IN A 192.0.2.1',
    'web1 60 IN AAAA 2001:db8::1',
    expect.stringMatching(/^; not served: odd\ufffdevil 60 IN A 192\.0\.2\.66 - /),
  ]);
});
