import { query } from '../test/ask';
import { zoneData } from '../test/sample-zone';
import { RateLimiter } from './client/rate-limiter';
import { Rcode } from './rcode';
import { decodeRequest } from './request-decoder';
import { Protocol, Responder } from './responder';
import { signTsig, verifyTsig } from './tsig/tsig';
import { TsigKey, tsigKeys } from './tsig/tsig-key';
import { readTsig, TsigError } from './tsig/tsig-record';
import { buildZone } from './zone-builder';
import { ZoneSet } from './zone-set';

const NOW = 1_700_000_000;
const zones = ZoneSet.of([
  buildZone(
    zoneData([
      { name: 'www', ttl: 60, type: 'A', records: ['192.0.2.1'] },
      { name: 'txt', ttl: 60, type: 'TXT', records: ['x'.repeat(440)] },
    ]),
  ),
]);
const key = new TsigKey({ name: 'key', algorithm: 'hmac-sha256', secret: Buffer.alloc(32, 7) });
const stranger = new TsigKey({ name: 'stranger', algorithm: 'hmac-sha256', secret: Buffer.alloc(32, 7) });
const server = new Responder({ keys: tsigKeys([key]), now: () => NOW * 1_000 });

interface Heard {
  rcode: number | undefined;
  tc: boolean;
  answers: number;
  /** Of the answer's TSIG, as the client judges it; undefined without one. */
  signature: number | undefined;
}

function ask(packet: Buffer, protocol: Protocol = 'udp', by = server): Heard {
  const response = by.respond(packet, zones, protocol, '192.0.2.1');
  const { wire } = response ?? {};
  if (!wire) throw new Error('no answer');
  const asked = decodeRequest(packet);
  const mac = asked && asked.tsigAt > 0 ? readTsig(packet, asked.tsigAt)?.mac : undefined;
  const at = tsigIn(wire);
  const check = at > 0 && mac ? verifyTsig(wire, at, tsigKeys([key]), { now: NOW, prior: { mac } }) : undefined;
  return {
    rcode: response?.rcode,
    tc: ((wire[2] as number) & 2) !== 0,
    answers: wire.readUInt16BE(6),
    signature: at > 0 ? (check?.error ?? readTsig(wire, at)?.error) : undefined,
  };
}

/** Where the TSIG of an answer begins: its owner is one of the two names. */
function tsigIn(wire: Buffer): number {
  return Math.max(wire.lastIndexOf(key.name.wire), wire.lastIndexOf(stranger.name.wire), 0);
}

const sign = (packet: Buffer, by = key, now = NOW): Buffer => signTsig(packet, by, { now }).wire;
const www = query({ name: 'www.ct.example.org' });
const txt = query({ name: 'txt.ct.example.org', type: 'TXT', edns: false });
const spoilt = sign(www);
spoilt[spoilt.length - 7] = 0xff;

it.each<[string, Buffer, Protocol, Partial<Heard>]>([
  ['an unsigned question', www, 'udp', { rcode: Rcode.NOERROR, answers: 1, signature: undefined }],
  ['a signed one', sign(www), 'udp', { rcode: Rcode.NOERROR, answers: 1, signature: TsigError.NONE }],
  ['over TCP', sign(www), 'tcp', { rcode: Rcode.NOERROR, answers: 1, signature: TsigError.NONE }],
  ['without EDNS', sign(query({ name: 'www.ct.example.org', edns: false })), 'udp', { answers: 1, signature: 0 }],
  ['for a name that does not exist', sign(query({ name: 'no.ct.example.org' })), 'udp', { rcode: 3, signature: 0 }],
  ['for another zone', sign(query({ name: 'example.com' })), 'udp', { rcode: Rcode.REFUSED, signature: 0 }],
  [
    'with an unknown key',
    sign(www, stranger),
    'udp',
    { rcode: Rcode.NOTAUTH, answers: 0, signature: TsigError.BADKEY },
  ],
  ['an hour late', sign(www, key, NOW - 3_600), 'udp', { rcode: Rcode.NOTAUTH, answers: 0 }],
  ['with another MAC', spoilt, 'udp', { rcode: Rcode.NOTAUTH, answers: 0, signature: TsigError.BADSIG }],
  [
    'with a MAC that no MAC is like',
    signTsig(www, key, { now: NOW, macOctets: 9 }).wire,
    'udp',
    { rcode: 1, signature: undefined },
  ],
  // Header and question 36, record 454: 490 without the signature, 566 with it.
  ['an answer that just fits', txt, 'udp', { tc: false, answers: 1 }],
  ['but not beside its signature', sign(txt), 'udp', { tc: true, answers: 0, signature: TsigError.NONE }],
  ['unless over TCP', sign(txt), 'tcp', { tc: false, answers: 1, signature: TsigError.NONE }],
])('%s', (_what, packet, protocol, expected) => expect(ask(packet, protocol)).toMatchObject(expected));

it('who signs is not limited, who only pretends is', () => {
  const limited = new Responder({
    keys: tsigKeys([key]),
    limiter: new RateLimiter({ answersPerSecond: 2, slip: 1 }),
    now: () => NOW * 1_000,
  });
  for (let i = 0; i < 10; i++) expect(ask(sign(www), 'udp', limited)).toMatchObject({ tc: false, answers: 1 });
  const heard = Array.from({ length: 4 }, () => ask(sign(www, stranger), 'udp', limited).tc);
  expect(heard).toEqual([false, false, true, true]);
});

it('keys can be replaced between two messages', () => {
  const own = new Responder({ now: () => NOW * 1_000 });
  expect(ask(sign(www), 'udp', own).rcode).toBe(Rcode.NOTAUTH);
  own.setKeys(tsigKeys([key]));
  expect(ask(sign(www), 'udp', own).rcode).toBe(Rcode.NOERROR);
});
