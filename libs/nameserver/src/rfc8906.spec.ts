import { zoneData } from '../test/sample-zone';
import { wireAnswer } from '../test/ask';
import { ServerCookies } from './cookie/server-cookies';
import { OptWriter } from './opt';
import { buildZone } from './zone-builder';
import { ZoneSet } from './zone-set';

/** The tests that RFC 8906 §8 gives as commands of dig, as octets; test/dig.int-spec.ts has them with dig itself. */
const zones = ZoneSet.of([
  buildZone(
    zoneData([{ name: 'big', ttl: 60, type: 'TXT', records: ['x'.repeat(900)] }], { origin: 'ct.example.org' }),
  ),
]);
const NAME = '02 6374 07 6578616d706c65 03 6f7267 00';
const BIG = `03 626967 ${NAME}`;
const SOA = '0006';

interface Query {
  flags?: number;
  name?: string;
  type?: string;
  /** OPT from its UDP size on: size, extended rcode and version, flags, options. */
  opt?: string;
  body?: boolean;
}

interface Expected {
  rcode: number;
  flags?: number;
  question?: number;
  answers?: number;
  authority?: number;
  /** OPT of the answer: UDP size, extended rcode, version, flags, data. */
  opt?: string;
}

const QR = 0x8000;
const AA = 0x0400;
const TC = 0x0200;
const RD = 0x0100;

function packetOf({ flags = 0, name = NAME, type = SOA, opt, body = true }: Query): Buffer {
  const counts = `${body ? '0001' : '0000'} 0000 0000 ${opt === undefined ? '0000' : '0001'}`;
  const record = opt === undefined ? '' : `00 0029 ${opt}`;
  const text = `abcd ${flags.toString(16).padStart(4, '0')} ${counts} ${body ? `${name} ${type} 0001` : ''} ${record}`;
  return Buffer.from(text.replaceAll(' ', ''), 'hex');
}

function heard(query: Query): Expected {
  const parts = { opt: new OptWriter('me'), cookies: new ServerCookies([Buffer.alloc(16)]), now: () => 0 };
  const wire = wireAnswer(packetOf(query), zones, 'udp', parts);
  if (!wire) throw new Error('no answer');
  const counts = [4, 6, 8, 10].map((at) => wire.readUInt16BE(at));
  // OPT is the last record, owned by the root.
  const optAt = wire.indexOf(Buffer.from('000029', 'hex'));
  const opt = counts[3] === 1 ? wire.subarray(optAt + 3) : undefined;
  return {
    rcode: (wire.readUInt8(3) & 0x0f) | ((opt?.readUInt8(2) ?? 0) << 4),
    flags: wire.readUInt16BE(2) & 0xfff0,
    question: counts[0] ?? 0,
    answers: counts[1] ?? 0,
    authority: counts[2] ?? 0,
    ...(opt && { opt: opt.toString('hex').replace(/^(.{4})(.{2})(.{2})(.{4})(.{4})/, '$1 $2 $3 $4 $5 ') }),
  };
}

const PLAIN_OPT = '04d0 00 00 0000 0000 ';
const OK = { rcode: 0, flags: QR | AA, question: 1, answers: 1, authority: 0 };
const OK_EDNS = { ...OK, opt: PLAIN_OPT };
const BADVERS = { rcode: 16, flags: QR, question: 1, answers: 0, authority: 0, opt: '04d0 01 00 0000 0000 ' };
const client = 'a1a2a3a4a5a6a7a8';

it.each<[string, Query, Expected]>([
  ['8.1.1 is the server there', {}, OK],
  ['8.1.2 unknown type', { type: '03e8' }, { ...OK, answers: 0, authority: 1 }],
  ['8.1.3.1 CD=1', { flags: 0x0010 }, OK],
  ['8.1.3.2 AD=1', { flags: 0x0020 }, OK],
  ['8.1.3.3 the reserved bit', { flags: 0x0040 }, OK],
  ['8.1.3.4 recursion wanted', { flags: RD }, { ...OK, flags: QR | AA | RD }],
  [
    '8.1.4 unknown opcode',
    { flags: 0x7800, body: false },
    { rcode: 4, flags: QR | 0x7800, question: 0, answers: 0, authority: 0 },
  ],
  ['8.2.1 EDNS', { opt: '1000 0000 0000 0000' }, OK_EDNS],
  ['8.2.2 EDNS version 1', { opt: '1000 0001 0000 0000' }, BADVERS],
  ['8.2.2 EDNS version 255', { opt: '1000 00ff 0000 0000' }, BADVERS],
  ['8.2.3 unknown option', { opt: '1000 0000 0000 0004 0064 0000' }, OK_EDNS],
  ['8.2.4 unknown EDNS flag', { opt: '1000 0000 0040 0000' }, OK_EDNS],
  ['8.2.4 all unknown EDNS flags', { opt: '1000 0000 7fff 0000' }, OK_EDNS],
  ['8.2.5 version 1 with an unknown flag', { opt: '1000 0001 0040 0000' }, BADVERS],
  ['8.2.6 version 1 with an unknown option', { opt: '1000 0001 0000 0004 0064 0000' }, BADVERS],
  ['8.2.6 version 1 whose options are no options', { opt: '1000 0001 0000 0003 abcdef' }, BADVERS],
  [
    '8.2.7 a truncated answer',
    { name: BIG, type: '0010', opt: '0200 0000 8000 0000' },
    { ...OK, flags: QR | AA | TC, answers: 0, opt: '04d0 00 00 8000 0000 ' },
  ],
  ['8.2.8 DO=1', { opt: '1000 0000 8000 0000' }, { ...OK, opt: '04d0 00 00 8000 0000 ' }],
  ['8.2.9 version 1 with DO=1', { opt: '1000 0001 8000 0000' }, { ...BADVERS, opt: '04d0 01 00 8000 0000 ' }],
  [
    '8.2.10 several options that are defined: NSID, subnet, expire, cookie',
    { opt: `1000 0000 0000 001f 0003 0000 0008 0007 0001 18 00 c00002 0009 0000 000a 0008 ${client}` },
    { ...OK, opt: `04d0 00 00 0000 0022 000300026d65000a0018${client}0100000000000000` },
  ],
  ['the extended rcode of a request means nothing', { opt: '1000 ff00 0000 0000' }, OK_EDNS],
])('%s', (_what, query, expected) => {
  const got = heard(query);
  // The hash of the server cookie is what cookie/server-cookies.spec.ts is about.
  expect({ ...got, ...(got.opt && { opt: got.opt.replace(/(0100000000000000).{16}$/, '$1') }) }).toEqual(expected);
});
