// @ts-check
/** What is attacked: a zone with a bit of everything, with all that an answer passes through switched on. */
import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(import.meta.url);
/** @param {string} name */
const load = (name) => require(join(import.meta.dirname, '..', 'dist', name));
const { buildZone, DnsServer, TsigKey, tsigKeys, ZoneSet } = load('index.js');

const soa = { mname: 'ns', rname: 'h', serial: 1, refresh: 1, retry: 1, expire: 1, minimum: 60, ttl: 60 };
const rrsets = [
  { name: 'ns', type: 'A', ttl: 60, records: ['192.0.2.53'] },
  { name: 'www', type: 'A', ttl: 60, records: ['192.0.2.1'] },
  { name: '*.w', type: 'CNAME', ttl: 60, records: ['www'] },
  { name: 'big', type: 'TXT', ttl: 60, records: ['x'.repeat(3_000)] },
  { name: 'sub', type: 'NS', ttl: 60, records: ['ns.sub'] },
  { name: 'ns.sub', type: 'A', ttl: 60, records: ['192.0.2.2'] },
];
export const zones = ZoneSet.of([buildZone({ origin: 'ct.example.org', soa, ns: ['ns'], rrsets })]);
const key = new TsigKey({ name: 'fuzz.example.org', algorithm: 'hmac-sha256', secret: Buffer.alloc(32) });

/** Answers without sockets. */
export function responder() {
  const { Responder } = load('responder.js');
  return new Responder({
    opt: new (load('opt.js').OptWriter)('fuzz'),
    cookies: new (load('cookie/server-cookies.js').ServerCookies)(),
    limiter: new (load('client/rate-limiter.js').RateLimiter)({ answersPerSecond: 1e6 }),
    cache: new (load('answer-cache.js').AnswerCache)(),
    keys: tsigKeys([key]),
  });
}

if (process.argv[1] === import.meta.filename) {
  const server = new DnsServer({
    addresses: [{ host: '127.0.0.1', port: 0 }],
    zones,
    nsid: 'fuzz',
    tsigKeys: [key],
    limits: { tcpConnections: 20_000, tcpConnectionsPerClient: 20_000, tcpIdleTimeout: 60_000 },
    onError: (/** @type {Error} */ error) => process.send?.({ error: String(error.stack) }),
  });
  const [{ port }] = await server.listen();
  process.on('message', () => {
    globalThis.gc?.();
    process.send?.({ memory: process.memoryUsage().rss, connections: server.tcpConnections });
  });
  process.on('disconnect', () => process.exit());
  process.send?.({ port });
}
