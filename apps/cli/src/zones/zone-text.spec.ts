import { zoneDocuments } from '@lxdm/domain';
import { zoneText } from './zone-text';

it('is a zone file, with what is left out as comments that cannot break out of their line', () => {
  const containers = [
    { name: 'web1', addresses: '192.0.2.1 2001:db8::1', hostKeys: '' },
    { name: 'odd\nevil 60 IN A 192.0.2.66', addresses: '192.0.2.2', hostKeys: '' },
  ];
  const zones = [{ name: 'ct.example.', kind: 'forward' as const, cidr: null, serial: 5 }];
  const mx = Uint8Array.of(0, 10, 0);
  const records = [
    { zone: 'ct.example.', owner: 'web1.ct.example.', type: 15, ttl: 300, rdata: mx },
    { zone: 'ct.example.', owner: 'web1.ct.example.', type: 5, ttl: 300, rdata: Uint8Array.of(0) },
  ];
  const apex = { zone: 'ct.example.', nameserver: 'ns.ct.example.', nameserverAddresses: ['192.0.2.53'] };
  const [document] = zoneDocuments(apex, { zones, containers, records, wildcard: false });
  expect(document && zoneText(document).split('\n')).toEqual([
    '$ORIGIN ct.example.',
    'ct.example. 3600 IN SOA ns.ct.example. hostmaster.ct.example. 5 3600 600 1209600 60',
    'ct.example. 3600 IN NS ns.ct.example.',
    'ns.ct.example. 3600 IN A 192.0.2.53',
    'web1.ct.example. 60 IN A 192.0.2.1',
    'web1.ct.example. 300 IN MX 10 .',
    'web1.ct.example. 60 IN AAAA 2001:db8::1',
    expect.stringMatching(/^; not served: odd\ufffdevil 60 IN A 192\.0\.2\.66 - /),
    '; not served: web1.ct.example. CNAME - it is the name of a container',
  ]);
});
