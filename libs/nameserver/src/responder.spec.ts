import { query } from '../test/ask';
import { zoneData } from '../test/sample-zone';
import { RateLimiter } from './client/rate-limiter';
import { ServerCookies } from './cookie/server-cookies';
import { Rcode } from './rcode';
import { Protocol, Responder, ResponderParts } from './responder';
import { buildZone } from './zone-builder';
import { ZoneSet } from './zone-set';

const zones = ZoneSet.of([
  buildZone(
    zoneData([
      { name: 'www', ttl: 60, type: 'A', records: ['192.0.2.1'] },
      { name: '*.wild', ttl: 60, type: 'A', records: ['192.0.2.2'] },
    ]),
  ),
]);
const CLIENT = 'a1a2a3a4a5a6a7a8';
let now = 0;
beforeEach(() => (now = 1_700_000_000_000));

/** A question, signed by cookies or not. */
function asking(name: string, options = '', { questions = 1, type = 'A' as const } = {}): Buffer {
  const data = Buffer.from(options, 'hex');
  const opt = Buffer.from(`0000291000000000000000`, 'hex');
  opt.writeUInt16BE(data.length, 9);
  const asked = query({ name: `${name}.ct.example.org`, type, edns: false });
  const head = questions === 0 ? asked.subarray(0, 12) : asked;
  const packet = Buffer.concat([head, opt, data]);
  packet.writeUInt16BE(questions, 4);
  packet.writeUInt16BE(1, 10);
  return packet;
}
const cookieOption = (cookie: string): string => `000a${(cookie.length / 2).toString(16).padStart(4, '0')}${cookie}`;
const cookieIn = (wire: Buffer | undefined): string | undefined =>
  /000a0018(.{48})/.exec(wire?.toString('hex') ?? '')?.[1];

const responder = (parts: ResponderParts = {}): Responder =>
  new Responder({
    cookies: new ServerCookies([Buffer.alloc(16, 1)]),
    limiter: new RateLimiter({ answersPerSecond: 3 }),
    now: () => now,
    ...parts,
  });

/** What a client hears, in a word. */
function ask(server: Responder, packet: Buffer, { from = '192.0.2.1', protocol = 'udp' as Protocol } = {}): string {
  const response = server.respond(packet, zones, protocol, from);
  if (!response?.wire) return 'silence';
  if (((response.wire[2] as number) & 0x02) !== 0) return 'TC';
  return Object.entries(Rcode).find(([, code]) => code === response.rcode)?.[0] ?? 'unknown';
}

describe('cookies in answers (RFC 7873 §5.2)', () => {
  const cookieOf = (server: Responder, packet: Buffer, from = '192.0.2.1'): string | undefined =>
    cookieIn(server.respond(packet, zones, 'udp', from)?.wire);

  it('are sent to those who send one, whatever is asked', () => {
    const server = responder();
    const good = cookieOf(server, asking('www', cookieOption(CLIENT))) ?? '';
    expect(good.slice(0, 16)).toBe(CLIENT);
    for (const [name, options] of [
      ['nope', CLIENT],
      ['www', good],
      ['www', `${good.slice(0, -2)}00`],
    ] as const) {
      expect(cookieOf(server, asking(name, cookieOption(options)))).toBe(good);
    }
    expect(cookieOf(server, asking('www'))).toBeUndefined();
  });

  it('a wrong one is no reason for an error while nothing is wrong', () => {
    expect(ask(responder(), asking('www', cookieOption(CLIENT + 'ff'.repeat(16))))).toBe('NOERROR');
  });

  it('can be turned off', () => {
    const server = new Responder();
    expect(cookieOf(server, asking('www', cookieOption(CLIENT)))).toBeUndefined();
    expect(ask(server, asking('www', cookieOption(CLIENT)))).toBe('NOERROR');
  });

  it.each<[string, string, string]>([
    ['nothing but a client cookie', cookieOption(CLIENT), 'NOERROR'],
    ['a wrong server cookie', cookieOption(CLIENT + 'ff'.repeat(16)), 'BADCOOKIE'],
    ['no cookie either', '', 'FORMERR'],
  ])('no question and %s', (_what, options, expected) => {
    expect(ask(responder(), asking('www', options, { questions: 0 }))).toBe(expected);
  });

  it('no question and a good cookie: it is told to be good', () => {
    const server = responder();
    const good = cookieOf(server, asking('www', cookieOption(CLIENT))) ?? '';
    const wire = server.respond(asking('www', cookieOption(good), { questions: 0 }), zones, 'udp', '192.0.2.1')?.wire;
    expect(wire?.toString('hex', 0, 12)).toBe('126780000000000000000001');
    expect(cookieIn(wire)).toBe(good);
  });
});

describe('beyond the rate limit', () => {
  it.each<[string, string, Protocol, string[]]>([
    ['without EDNS options', '', 'udp', ['silence', 'TC', 'silence', 'TC']],
    ['with a client cookie', cookieOption(CLIENT), 'udp', ['silence', 'BADCOOKIE', 'silence', 'BADCOOKIE']],
    [
      'with a forged cookie',
      cookieOption(CLIENT + '01'.repeat(16)),
      'udp',
      ['silence', 'BADCOOKIE', 'silence', 'BADCOOKIE'],
    ],
    ['over TCP', '', 'tcp', ['NOERROR', 'NOERROR', 'NOERROR', 'NOERROR']],
  ])('%s', (_what, options, protocol, expected) => {
    const server = responder();
    for (let i = 0; i < 3; i++) ask(server, asking('www', options), { protocol });
    expect(expected.map(() => ask(server, asking('www', options), { protocol }))).toEqual(expected);
  });

  it('who heeds BADCOOKIE is served without limit, at that address only', () => {
    const server = responder();
    let cookie: string | undefined;
    for (let i = 0; i < 5; i++) {
      cookie = cookieIn(server.respond(asking('www', cookieOption(CLIENT)), zones, 'udp', '192.0.2.1')?.wire);
    }
    const again = asking('www', cookieOption(cookie ?? ''));
    for (let i = 0; i < 20; i++) expect(ask(server, again)).toBe('NOERROR');
    expect(ask(server, again, { from: '192.0.2.2' })).not.toBe('NOERROR');
  });

  it.each<[string, string, (i: number) => Buffer]>([
    ['names that do not exist', 'NXDOMAIN', (i) => asking(`nope-${i}`)],
    ['names of a wildcard', 'NOERROR', (i) => asking(`${i}.wild`)],
    ['messages with octets left over', 'FORMERR', (i) => Buffer.concat([asking('www'), Buffer.alloc(i + 1)])],
    [
      'questions of another EDNS version',
      'BADVERS',
      (i) => Buffer.from(asking(`v${i}`).toString('hex').replace('29100000000000', '29100000010000'), 'hex'),
    ],
  ])('%s share an account', (_what, expected, packet) => {
    const server = responder();
    const heard = Array.from({ length: 5 }, (_, i) => ask(server, packet(i)));
    expect(heard).toEqual([expected, expected, expected, 'silence', 'TC']);
    now += 1_000;
    expect(ask(server, packet(9))).toBe(expected);
  });

  it('an answer that slips has the question, OPT and nothing else', () => {
    const server = responder();
    for (let i = 0; i < 4; i++) ask(server, asking('www'));
    const wire = server.respond(asking('www'), zones, 'udp', '192.0.2.1')?.wire;
    expect(wire?.toString('hex', 4, 12)).toBe('0001000000000001');
    expect(wire).toHaveLength(asking('www').length);
  });
});

describe('edns-tcp-keepalive (RFC 7828)', () => {
  const asked = asking('www', '000b0000');
  it.each<[string, Buffer, Protocol, string | undefined]>([
    ['over TCP when asked for', asked, 'tcp', '000b00020064'],
    ['over TCP, not asked for', asking('www'), 'tcp', undefined],
    ['over UDP never', asked, 'udp', undefined],
  ])('%s', (_what, packet, protocol, expected) => {
    const wire = responder({ keepalive: () => 100 }).respond(packet, zones, protocol, '192.0.2.1')?.wire;
    expect(/000b0002..../.exec(wire?.toString('hex') ?? '')?.[0]).toBe(expected);
  });
});

describe('QCLASS * (RFC 1035 §6.2)', () => {
  it.each([
    ['www', 1],
    ['nope', 0],
  ])('%s is answered, without authority over classes that are not there', (name, answers) => {
    const packet = query({ name: `${name}.ct.example.org`, edns: false });
    packet.writeUInt16BE(255, packet.length - 2);
    const wire = new Responder().respond(packet, zones, 'udp', '192.0.2.1')?.wire;
    expect(wire?.readUInt16BE(2)).toBe(answers === 1 ? 0x8000 : 0x8003);
    expect(wire?.readUInt16BE(6)).toBe(answers);
  });
});

describe('CHAOS tells nothing', () => {
  it.each(['version.bind', 'hostname.bind', 'id.server', 'version.server', 'authors.bind'])('%s', (name) => {
    const packet = query({ name, type: 'TXT', edns: false });
    packet.writeUInt16BE(3, packet.length - 2);
    const wire = new Responder().respond(packet, zones, 'udp', '192.0.2.1')?.wire;
    expect(wire?.readUInt16BE(2)).toBe(0x8005);
    expect(wire).toHaveLength(packet.length);
  });
});
