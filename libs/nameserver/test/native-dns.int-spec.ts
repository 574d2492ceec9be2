import { Question, Request } from 'native-dns';
import { DnsServer } from '../src/server/dns-server';
import { buildZone } from '../src/zone-builder';
import { ZoneSet } from '../src/zone-set';
import { zoneData } from './sample-zone';

/** A client of its own making: what it reads was read by none of our code. */
let server: DnsServer;
let port: number;
beforeAll(async () => {
  const zone = buildZone(
    zoneData([
      { name: 'web', type: 'A', ttl: 60, records: ['192.0.2.1', '192.0.2.2'] },
      { name: 'web', type: 'AAAA', ttl: 60, records: ['2001:db8::1'] },
      { name: 'alias', type: 'CNAME', ttl: 60, records: ['web'] },
      { name: '@', type: 'MX', ttl: 300, records: [{ preference: 10, exchange: 'web' }] },
      { name: '_sip._tcp', type: 'SRV', ttl: 60, records: [{ priority: 1, weight: 2, port: 5060, target: 'web' }] },
      { name: 'text', type: 'TXT', ttl: 60, records: ['a "quoted" \\ text'] },
      { name: 'many', type: 'TXT', ttl: 60, records: Array.from({ length: 60 }, (_, i) => `${i} ${'x'.repeat(200)}`) },
    ]),
  );
  server = new DnsServer({ addresses: [{ host: '127.0.0.1', port: 0 }], zones: ZoneSet.of([zone]) });
  port = (await server.listen())[0]?.port ?? 0;
});
afterAll(() => server.close());

function ask(name: string, type: string, over: 'udp' | 'tcp' = 'udp') {
  return new Promise<{ rcode: number; aa: number; answer: Record<string, unknown>[]; authority: number }>(
    (resolve, reject) => {
      const question = Question({ name, type });
      const request = Request({
        question,
        server: { address: '127.0.0.1', port, type: over },
        timeout: 3_000,
        cache: false,
      });
      request.on('timeout', () => reject(new Error('no answer')));
      request.on('message', (error, { header, answer, authority }) => {
        if (error) reject(error);
        else resolve({ rcode: header.rcode, aa: header.aa, answer, authority: authority.length });
      });
      request.send();
    },
  );
}
const found = (...answer: object[]) => ({
  rcode: 0,
  aa: 1,
  answer: answer.map((one) => expect.objectContaining(one)),
  authority: 0,
});

it.each<['udp' | 'tcp']>([['udp'], ['tcp']])('native-dns reads our answers over %s', async (over) => {
  const name = 'web.ct.example.org';
  expect(await ask(name, 'A', over)).toEqual(
    found({ name, ttl: 60, address: '192.0.2.1' }, { name, ttl: 60, address: '192.0.2.2' }),
  );
  expect(await ask(name, 'AAAA', over)).toEqual(found({ address: '2001:db8:0:0:0:0:0:1' }));
  expect(await ask('alias.ct.example.org', 'A', over)).toEqual(
    found({ data: name }, { name, address: '192.0.2.1' }, { name, address: '192.0.2.2' }),
  );
  expect(await ask('ct.example.org', 'MX', over)).toEqual(found({ priority: 10, exchange: name }));
  expect(await ask('_sip._tcp.ct.example.org', 'SRV', over)).toEqual(
    found({ priority: 1, weight: 2, port: 5060, target: name }),
  );
  expect(await ask('text.ct.example.org', 'TXT', over)).toEqual(found({ data: ['a "quoted" \\ text'] }));
  expect(await ask('nobody.ct.example.org', 'A', over)).toEqual({ rcode: 3, aa: 1, answer: [], authority: 1 });
  expect(await ask('web.ct.example.org', 'MX', over)).toEqual({ rcode: 0, aa: 1, answer: [], authority: 1 });
  expect(await ask('example.org', 'A', over)).toEqual({ rcode: 5, aa: 0, answer: [], authority: 0 });
});

it('native-dns gets what does not fit a datagram by TCP', async () => {
  expect((await ask('many.ct.example.org', 'TXT', 'tcp')).answer).toHaveLength(60);
});
