import { query } from '../../test/ask';
import { decodeRequest } from '../request-decoder';
import { signTsig, tsigAnswer, tsigAnswerOctets, TsigCheck, verifyTsig } from './tsig';
import { TsigAlgorithm, TsigKey, tsigKeys } from './tsig-key';
import { tsigMac } from './tsig-mac';
import { appendTsig, readTsig, TsigError, TsigRecord } from './tsig-record';

const NOW = 1_700_000_000;
const ASKED = query({ name: 'www.ct.example.org' });
const key = new TsigKey({ name: 'key.ct.example.org', algorithm: 'hmac-sha256', secret: Buffer.alloc(32, 7) });
const keys = tsigKeys([key]);

const signed = (now = NOW): Buffer => signTsig(ASKED, key, { now }).wire;
const tsigAt = (packet: Buffer): number => decodeRequest(packet)?.tsigAt ?? 0;
const check = (packet: Buffer, now = NOW, known = keys): TsigCheck | undefined =>
  verifyTsig(packet, tsigAt(packet), known, { now });
const nameOf = (error: number | undefined): string | undefined =>
  Object.entries(TsigError).find(([, code]) => code === error)?.[0];

/** The signed question with another record at its end. */
function changed(change: Partial<TsigRecord>): Buffer {
  const packet = signed();
  const record = readTsig(packet, tsigAt(packet));
  if (!record) throw new Error('no record');
  return appendTsig(ASKED, { ...record, ...change });
}

describe('a message that is signed and checked', () => {
  it.each<[TsigAlgorithm, number]>([
    ['hmac-sha256', 32],
    ['hmac-sha384', 48],
    ['hmac-sha512', 64],
  ])('by %s', (algorithm, octets) => {
    const own = new TsigKey({ name: 'k', algorithm, secret: Buffer.from('secret') });
    const { wire, mac } = signTsig(ASKED, own, { now: NOW });
    expect(mac).toHaveLength(octets);
    expect(check(wire, NOW, tsigKeys([own]))).toMatchObject({ error: TsigError.NONE, key: own, record: { mac } });
  });

  /** Made with the HMAC of Python's standard library over the octets that RFC 8945 §4.3.3 lists. */
  it('as another implementation signs it', () => {
    const plain = Buffer.from('abcd00000001000000000000037777770265780000010001', 'hex');
    const own = new TsigKey({ name: 'K.Ex', algorithm: 'hmac-sha256', secret: Buffer.from('0123456789abcdef') });
    expect(signTsig(plain, own, { now: NOW }).mac.toString('hex')).toBe(
      'c0283fb5e52dccfb9b06ba43467ff8b0a568c4c515f633e629c5a2cf1559f9d3',
    );
  });

  it('under another id, as a forwarder sends it', () => {
    const packet = signed();
    packet.writeUInt16BE(0x9999, 0);
    expect(check(packet)?.error).toBe(TsigError.NONE);
  });

  it('with the name of the key in capitals', () => {
    const packet = signed();
    const at = packet.lastIndexOf('key') - 1;
    packet.write('KEY', at + 1);
    expect(check(packet)?.error).toBe(TsigError.NONE);
  });

  it('with the name of the key compressed, as dig does', () => {
    const packet = signed();
    const at = tsigAt(packet);
    // "key", then a pointer to ct.example.org in the question.
    const compressed = Buffer.concat([
      packet.subarray(0, at),
      Buffer.from('036b6579c010', 'hex'),
      packet.subarray(at + key.name.wire.length),
    ]);
    expect(check(compressed)?.error).toBe(TsigError.NONE);
  });
});

describe('what is wrong, in the order of RFC 8945 §5.2', () => {
  const flipped = (at: (packet: Buffer) => number): Buffer => {
    const packet = signed();
    const place = at(packet);
    packet[place] = (packet[place] as number) ^ 1;
    return packet;
  };
  const short = (octets: number): Buffer => signTsig(ASKED, key, { now: NOW, macOctets: octets }).wire;
  const other = new TsigKey({ name: 'other', algorithm: 'hmac-sha256', secret: Buffer.alloc(32, 7) });
  const stronger = new TsigKey({ name: key.name, algorithm: 'hmac-sha512', secret: key.secret });
  const longLived = (): Buffer => {
    const fields = { time: NOW, fudge: 65_535, error: TsigError.NONE, other: Buffer.alloc(0) };
    const mac = tsigMac(key, [ASKED], fields);
    const names = { name: key.name, algorithm: key.algorithmName, originalId: ASKED.readUInt16BE(0) };
    return appendTsig(ASKED, { ...fields, ...names, mac });
  };
  const guessed = new TsigKey({ name: key.name, algorithm: 'hmac-sha256', secret: Buffer.alloc(32, 8) });

  it.each<[string, Buffer, number, string | undefined]>([
    ['nothing', signed(), NOW, 'NONE'],
    ['a key of another name', signTsig(ASKED, other, { now: NOW }).wire, NOW, 'BADKEY'],
    ['a key of another algorithm', signTsig(ASKED, stronger, { now: NOW }).wire, NOW, 'BADKEY'],
    ['another secret', signTsig(ASKED, guessed, { now: NOW }).wire, NOW, 'BADSIG'],
    ['another secret, long ago', signTsig(ASKED, guessed, { now: 0 }).wire, NOW, 'BADSIG'],
    ['a bit of the header', flipped(() => 3), NOW, 'BADSIG'],
    ['a bit of the question', flipped(() => 14), NOW, 'BADSIG'],
    ['a bit of OPT', flipped((packet) => tsigAt(packet) - 4), NOW, 'BADSIG'],
    ['a bit of the MAC', flipped((packet) => packet.length - 8), NOW, 'BADSIG'],
    ['a bit of the original id', flipped((packet) => packet.length - 5), NOW, 'BADSIG'],
    ['a later time', changed({ time: NOW + 1 }), NOW, 'BADSIG'],
    ['a larger fudge', changed({ fudge: 65_535 }), NOW, 'BADSIG'],
    ['an error', changed({ error: TsigError.BADTIME }), NOW, 'BADSIG'],
    ['other data', changed({ other: Buffer.alloc(6) }), NOW, 'BADSIG'],
    ['300 seconds ago', signed(NOW - 300), NOW, 'NONE'],
    ['301 seconds ago', signed(NOW - 301), NOW, 'BADTIME'],
    ['300 seconds ahead', signed(NOW + 300), NOW, 'NONE'],
    ['301 seconds ahead', signed(NOW + 301), NOW, 'BADTIME'],
    ['a larger fudge of its own, 300 seconds ago', longLived(), NOW + 300, 'NONE'],
    ['a larger fudge of its own, 301 seconds ago', longLived(), NOW + 301, 'BADTIME'],
    ['after 2106', signed(2 ** 33), 2 ** 33, 'NONE'],
    ['half of the MAC', short(16), NOW, 'BADTRUNC'],
    ['all but an octet of the MAC', short(31), NOW, 'BADTRUNC'],
    ['half of the MAC, long ago', signTsig(ASKED, key, { now: 0, macOctets: 16 }).wire, NOW, 'BADTIME'],
    ['less than half of the MAC', short(15), NOW, undefined],
    ['no MAC', short(0), NOW, undefined],
    ['a MAC that is too long', changed({ mac: Buffer.alloc(33) }), NOW, undefined],
    ['a class that is not ANY', flipped((packet) => packet.indexOf('00fa00ff', 0, 'hex') + 3), NOW, undefined],
    ['a TTL', flipped((packet) => packet.indexOf('00fa00ff', 0, 'hex') + 7), NOW, undefined],
    ['lengths that do not add up', flipped((packet) => packet.length - 1), NOW, undefined],
  ])('%s', (_what, packet, now, expected) => expect(nameOf(check(packet, now)?.error)).toBe(expected));

  it('a MAC may be short where the key allows it', () => {
    const lenient = new TsigKey({ name: key.name, algorithm: 'hmac-sha256', secret: key.secret, shortestMac: 16 });
    expect(check(short(16), NOW, tsigKeys([lenient]))?.error).toBe(TsigError.NONE);
    expect(check(short(15), NOW, tsigKeys([lenient]))).toBeUndefined();
  });

  it('any cut or spoilt record is refused without a throw', () => {
    const packet = signed();
    const at = tsigAt(packet);
    for (let end = at; end < packet.length; end++)
      expect(verifyTsig(packet.subarray(0, end), at, keys, { now: NOW })).toBeUndefined();
    for (let place = at; place < packet.length; place++) {
      for (const octet of [0, 0x3f, 0xc0, 0xff]) {
        const spoilt = Buffer.from(packet);
        if (spoilt[place] === octet) continue;
        spoilt[place] = octet;
        expect(verifyTsig(spoilt, at, keys, { now: NOW })?.error).not.toBe(TsigError.NONE);
      }
    }
  });
});

describe('the answer to a request', () => {
  const answer = Buffer.from('123480000000000000000000', 'hex');
  const answered = (
    packet: Buffer,
    now = NOW,
  ): { wire: Buffer; record: TsigRecord | undefined; verdict: TsigCheck } => {
    const verdict = check(packet, now);
    if (!verdict) throw new Error('malformed');
    const wire = tsigAnswer(answer, verdict, now);
    expect(wire.length - answer.length).toBe(tsigAnswerOctets(verdict));
    expect(wire.readUInt16BE(10)).toBe(1);
    return { wire, record: readTsig(wire, answer.length), verdict };
  };
  const prior = (packet: Buffer): { mac: Buffer } => ({
    mac: readTsig(packet, tsigAt(packet))?.mac ?? Buffer.alloc(0),
  });

  it('is signed over the MAC of the request', () => {
    const { wire, record } = answered(signed());
    expect(record).toMatchObject({ error: 0, time: NOW, originalId: 0x1234 });
    const verified = (of: { mac: Buffer }) => verifyTsig(wire, answer.length, keys, { now: NOW, prior: of })?.error;
    expect(verified(prior(signed()))).toBe(TsigError.NONE);
    expect(verified(prior(signed(NOW - 1)))).toBe(TsigError.BADSIG);
  });

  it('to a clock that is wrong has its time, ours beside it, and a signature (§5.2.3)', () => {
    const asked = signed(NOW - 1_000);
    const { wire, record } = answered(asked);
    expect(record).toMatchObject({ error: TsigError.BADTIME, time: NOW - 1_000 });
    expect(record?.other.readUIntBE(0, 6)).toBe(NOW);
    const client = { now: NOW - 1_000, prior: prior(asked) };
    expect(verifyTsig(wire, answer.length, keys, client)?.error).toBe(TsigError.NONE);
  });

  it('to a MAC that is too short is signed as long as that', () => {
    const asked = signTsig(ASKED, key, { now: NOW, macOctets: 20 }).wire;
    const { wire, record } = answered(asked);
    expect(record).toMatchObject({ error: TsigError.BADTRUNC });
    expect(record?.mac).toHaveLength(20);
    expect(verifyTsig(wire, answer.length, keys, { now: NOW, prior: prior(asked) })?.error).toBe(TsigError.BADTRUNC);
  });

  it.each([
    [
      'BADKEY',
      signTsig(ASKED, new TsigKey({ name: 'no', algorithm: 'hmac-sha512', secret: key.secret }), { now: NOW }).wire,
    ],
    ['BADSIG', changed({ mac: Buffer.alloc(32) })],
  ] as const)('%s is not signed', (error, packet) => {
    const { record, verdict } = answered(packet);
    expect(record).toMatchObject({ error: TsigError[error], name: verdict.record.name, other: Buffer.alloc(0) });
    expect(record?.mac).toHaveLength(0);
  });
});

it('messages of a transfer are chained (§5.3.1)', () => {
  const first = signTsig(ASKED, key, { now: NOW, prior: { mac: Buffer.alloc(32, 1) } });
  const prior = { mac: first.mac, continued: true };
  const second = signTsig(ASKED, key, { now: NOW + 1, prior });
  const verify = (packet: Buffer, chained: { mac: Buffer; continued?: boolean }): number | undefined =>
    verifyTsig(packet, tsigAt(packet), keys, { now: NOW, prior: chained })?.error;
  expect(verify(second.wire, prior)).toBe(TsigError.NONE);
  expect(verify(second.wire, { mac: first.mac })).toBe(TsigError.BADSIG);
  expect(verify(second.wire, { mac: Buffer.alloc(32, 1), continued: true })).toBe(TsigError.BADSIG);
});

it.each([{ secret: Buffer.alloc(0) }, { shortestMac: 15 }, { shortestMac: 33 }, { shortestMac: Number.NaN }])(
  'a key cannot be %j',
  (changes) => {
    expect(() => new TsigKey({ name: 'k', algorithm: 'hmac-sha256', secret: Buffer.alloc(8), ...changes })).toThrow(
      RangeError,
    );
  },
);
