// @ts-check
/**
 * How two builds of this library compare at answering. Each case runs in a process of its own, the builds in turn, so that neither
 * what the compiler learnt from the other nor what else the machine does favours one. No test: figures of one machine on one day.
 *
 *   node libs/nameserver/bench/throughput.mjs BEFORE/dist [AFTER/dist]
 */
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

const require = createRequire(import.meta.url);
const [before, after = join(import.meta.dirname, '..', 'dist'), nth] = process.argv.slice(2);
if (!before) throw new Error('say which build to compare with: its dist folder');
const TURNS = 5;
const ROUNDS = 50;
const QUERIES = 20_000;
const NAMES = 10_000;

/** @param {string} name @param {string} options of EDNS, as hexadecimal digits */
function query(name, options = '') {
  const labels = name.split('.').map((label) => Buffer.concat([Buffer.of(label.length), Buffer.from(label)]));
  const data = Buffer.from(options, 'hex');
  const opt = Buffer.from('0000291000000000000000', 'hex');
  opt.writeUInt16BE(data.length, 9);
  return Buffer.concat([
    Buffer.from('123400000001000000000001', 'hex'),
    ...labels,
    Buffer.from('0000010001', 'hex'),
    opt,
    data,
  ]);
}

/** A function that answers, whichever shape the library of that day has. @param {string} dist @param {boolean} guarded */
function answerer(dist, guarded) {
  const load = (/** @type {string} */ name) => require(join(resolve(dist), name));
  const { buildZone, ZoneSet } = load('index.js');
  const rrsets = Array.from({ length: NAMES }, (_, i) => ({
    name: `c${i}`,
    type: 'A',
    ttl: 60,
    records: [`10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`],
  }));
  const soa = { mname: 'ns', rname: 'h', serial: 1, refresh: 1, retry: 1, expire: 1, minimum: 60, ttl: 60 };
  const zones = ZoneSet.of([buildZone({ origin: 'ct.example.org', soa, ns: ['ns.example.com.'], rrsets })]);
  const { respond, Responder } = load('responder.js');
  const { OptWriter } = load('opt.js');
  if (respond) {
    const opt = new OptWriter();
    return (/** @type {Buffer} */ packet) => respond(packet, zones, 'udp', opt);
  }
  const parts = guarded
    ? {
        cookies: new (load('cookie/server-cookies.js').ServerCookies)(),
        limiter: new (load('client/rate-limiter.js').RateLimiter)({ answersPerSecond: 1e6 }),
      }
    : {};
  const server = new Responder(parts);
  const senders = Array.from({ length: 256 }, (_, i) => ['192', '0', i, '1'].join('.'));
  let sender = 0;
  return (/** @type {Buffer} */ packet) => server.respond(packet, zones, 'udp', senders[sender++ & 255]);
}

/** @type {[string, boolean, (i: number) => Buffer][]} */
const cases = [
  ['a name that exists', false, (i) => query(`c${i % NAMES}.ct.example.org`)],
  ['a name that does not', false, (i) => query(`x${i}.ct.example.org`)],
  ['exists; rate limit on', true, (i) => query(`c${i % NAMES}.ct.example.org`)],
  ['does not; rate limit on', true, (i) => query(`x${i}.ct.example.org`)],
  ['exists; rate limit, cookie', true, (i) => query(`c${i % NAMES}.ct.example.org`, '000a00080102030405060708')],
];

if (nth === undefined) compare();
else console.log(cost(before, Number(nth)));

/** Microseconds of processor time for an answer, in this process. @param {string} dist @param {number} which */
function cost(dist, which) {
  const [, guarded = false, packetOf = () => query('.')] = cases[which] ?? [];
  const packets = Array.from({ length: QUERIES }, (_, i) => packetOf(i));
  const answer = answerer(dist, guarded);
  const rounds = Array.from({ length: ROUNDS }, () => {
    const started = process.cpuUsage();
    for (const packet of packets) answer(packet);
    const { user, system } = process.cpuUsage(started);
    return (user + system) / QUERIES;
  });
  return median(rounds.slice(ROUNDS / 5));
}

function compare() {
  for (const [which, [what]] of cases.entries()) {
    const costs = [before, after].map(() => /** @type {number[]} */ ([]));
    for (let turn = 0; turn < TURNS; turn++) {
      for (const [place, dist] of [before, after].entries()) {
        const text = execFileSync(process.execPath, [import.meta.filename, String(dist), '-', String(which)], {
          encoding: 'utf8',
        });
        costs[place]?.push(Number(text));
      }
    }
    const [old = 0, now = 0] = costs.map(median);
    const figures = `${old.toFixed(2)} µs before, ${now.toFixed(2)} µs after`;
    console.log(`${what.padEnd(28)} ${figures}, throughput ${(old / now).toFixed(2)} of before`);
  }
}

/** @param {number[]} values */
function median(values) {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
