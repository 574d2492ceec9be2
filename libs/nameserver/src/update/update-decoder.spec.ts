import { ANY, IN, NONE, PacketParts, PacketRecord, pointer, txt, updatePacket, wire } from '../../test/update-packet';
import { Rcode } from '../rcode';
import { RrType } from '../rr-type';
import { decodeUpdate, MAX_UPDATE_RECORDS } from './update-decoder';

const { FORMERR, NOTZONE, NOTAUTH, REFUSED } = Rcode;
const W = 'www.ct.example.org';
const A1 = Buffer.of(192, 0, 2, 1);
const { A, NS, CNAME, SOA, MX, TXT, SRV, OPT, AXFR, IXFR, TSIG } = RrType;
/** Where the zone's name begins: right behind the header. */
const ZONE = 12;

const faultOf = (parts: PacketParts): number | undefined => decodeUpdate(updatePacket(parts)).fault?.rcode;
const change = (record: Partial<PacketRecord>): number | undefined =>
  faultOf({ changes: [{ name: W, type: A, ...record }] });
const prerequisite = (record: Partial<PacketRecord>): number | undefined =>
  faultOf({ prerequisites: [{ name: W, type: A, ...record }] });

describe('the zone section (§2.3, §3.1.1)', () => {
  it.each<[string, PacketParts, number | undefined]>([
    ['one zone', {}, undefined],
    ['none', { counts: { 0: 0 } }, FORMERR],
    ['two', { counts: { 0: 2 } }, FORMERR],
    ['of another type', { zoneType: A }, FORMERR],
    ['of class ANY', { zoneClass: ANY }, NOTAUTH],
    ['of class CHAOS', { zoneClass: 3 }, NOTAUTH],
    ['the root', { zone: '.' }, undefined],
  ])('%s', (_what, parts, expected) => expect(faultOf(parts)).toBe(expected));

  it('tells the zone even of a message that breaks rules, for the server to say NOTAUTH', () => {
    const message = decodeUpdate(updatePacket({ changes: [{ name: 'a.org', type: A, rdata: A1 }] }));
    expect(message.zone?.toString()).toBe('ct.example.org.');
    expect(message.fault?.rcode).toBe(NOTZONE);
  });
});

describe('prerequisites (§2.4, §3.2.5)', () => {
  it.each<[string, Partial<PacketRecord>, number | undefined]>([
    ['RRset exists, whatever its value', { rrclass: ANY }, undefined],
    ['RRset exists with this value', { rrclass: IN, rdata: A1 }, undefined],
    ['RRset does not exist', { rrclass: NONE }, undefined],
    ['name is in use', { rrclass: ANY, type: RrType.ANY }, undefined],
    ['name is not in use', { rrclass: NONE, type: RrType.ANY }, undefined],
    ['a TTL', { rrclass: ANY, ttl: 1 }, FORMERR],
    ['a TTL beside a value', { rdata: A1, ttl: 60 }, FORMERR],
    ['outside the zone', { name: 'www.example.org', rrclass: ANY }, NOTZONE],
    ['the tail of a label is no zone', { name: 'notct.example.org', rrclass: ANY }, NOTZONE],
    ['the zone itself, in capitals', { name: 'CT.EXAMPLE.ORG', rrclass: ANY }, undefined],
    ['data with class ANY', { rrclass: ANY, rdata: A1 }, FORMERR],
    ['data with class NONE', { rrclass: NONE, rdata: A1 }, FORMERR],
    ['type ANY with a value', { rrclass: IN, type: RrType.ANY }, FORMERR],
    ['a question type', { rrclass: ANY, type: AXFR }, FORMERR],
    ['OPT', { rrclass: NONE, type: OPT }, FORMERR],
    ['another class', { rrclass: 3 }, FORMERR],
    ['data that is none of its type', { rdata: Buffer.of(1, 2, 3) }, FORMERR],
    ['a value of nothing', { rdata: Buffer.alloc(0) }, FORMERR],
    ['a type that is not known', { type: 65_280, rdata: A1 }, undefined],
  ])('%s', (_what, record, expected) => expect(prerequisite(record)).toBe(expected));
});

describe('changes (§2.5, the prescan of §3.4.1.2)', () => {
  it.each<[string, Partial<PacketRecord>, number | undefined]>([
    ['add', { ttl: 60, rdata: A1 }, undefined],
    ['delete an RRset', { rrclass: ANY }, undefined],
    ['delete all of a name', { rrclass: ANY, type: RrType.ANY }, undefined],
    ['delete a record', { rrclass: NONE, rdata: A1 }, undefined],
    ['outside the zone', { name: 'org', rdata: A1 }, NOTZONE],
    ['another class', { rrclass: 4, rdata: A1 }, FORMERR],
    ['add ANY', { type: RrType.ANY }, FORMERR],
    ['add AXFR', { type: AXFR }, FORMERR],
    ['add IXFR', { type: IXFR }, FORMERR],
    ['add MAILB', { type: 253 }, FORMERR],
    ['add MAILA', { type: 254 }, FORMERR],
    ['add TSIG', { type: TSIG }, FORMERR],
    ['add OPT', { type: OPT }, FORMERR],
    ['add type 0', { type: 0 }, FORMERR],
    ['add data that is none', { rdata: Buffer.of(1) }, FORMERR],
    ['add no data', {}, FORMERR],
    ['delete an RRset, with a TTL', { rrclass: ANY, ttl: 1 }, FORMERR],
    ['delete an RRset, with data', { rrclass: ANY, rdata: A1 }, FORMERR],
    ['delete an RRset of a question type', { rrclass: ANY, type: AXFR }, FORMERR],
    ['delete a record, with a TTL', { rrclass: NONE, ttl: 1, rdata: A1 }, FORMERR],
    ['delete a record of type ANY', { rrclass: NONE, type: RrType.ANY }, FORMERR],
    ['delete a record of a question type', { rrclass: NONE, type: 253 }, FORMERR],
    ['delete a record that is none', { rrclass: NONE, rdata: Buffer.of(1) }, FORMERR],
  ])('%s', (_what, record, expected) => expect(change(record)).toBe(expected));

  const long = (octets: number): Buffer => Buffer.concat([Buffer.of(octets), Buffer.alloc(octets, 0x61)]);
  const service = (target: Buffer, params = Buffer.alloc(0)): Buffer =>
    Buffer.concat([Buffer.of(0, 1), target, params]);
  it.each<[string, number, Buffer, number | undefined]>([
    ['HTTPS', 65, service(wire('a.org')), undefined],
    ['HTTPS to its own name', 65, service(wire('.')), undefined],
    ['HTTPS with a port', 65, service(wire('a.org'), Buffer.of(0, 3, 0, 2, 1, 187)), undefined],
    ['HTTPS without a target', 65, Buffer.of(0, 1), FORMERR],
    ['HTTPS with half a target', 65, service(Buffer.of(3, 0x61)), FORMERR],
    ['HTTPS with a label that is too long', 65, service(Buffer.concat([long(64), Buffer.of(0)])), FORMERR],
    [
      'HTTPS with a name of 256 octets',
      65,
      service(Buffer.concat([long(63), long(63), long(63), long(62), Buffer.of(0)])),
      FORMERR,
    ],
    [
      'HTTPS with one of 255',
      65,
      service(Buffer.concat([long(63), long(63), long(63), long(61), Buffer.of(0)])),
      undefined,
    ],
    ['HTTPS with half a parameter', 65, service(wire('a.org'), Buffer.of(0, 3, 0)), FORMERR],
    ['TXT of two strings', TXT, Buffer.concat([txt('a'), txt('')]), undefined],
    ['TXT that is cut', TXT, Buffer.of(2, 0x61), FORMERR],
    ['CAA', 257, Buffer.concat([Buffer.of(0), txt('issue'), Buffer.from('ca.org')]), undefined],
    ['CAA of no tag', 257, Buffer.concat([Buffer.of(0), txt('')]), FORMERR],
    [
      'CAA that is no line of a zone file',
      257,
      Buffer.concat([Buffer.of(0), txt('issue'), Buffer.alloc(4_100)]),
      FORMERR,
    ],
    ['SSHFP that is too short', 44, Buffer.of(1, 2, 3), FORMERR],
    ['NAPTR with a wrong flag', 35, Buffer.concat([Buffer.alloc(4), txt('!'), txt(''), txt(''), wire('.')]), FORMERR],
    ['a name and more', CNAME, Buffer.concat([wire('a.org'), Buffer.of(0)]), FORMERR],
    ['RP', 17, Buffer.concat([wire('me.a.org'), wire('.')]), undefined],
  ])('the data of %s', (_what, type, rdata, expected) => expect(change({ type, rdata })).toBe(expected));

  it.each([
    [0x7fff_ffff, 0x7fff_ffff],
    [0x8000_0000, 0],
    [0xffff_ffff, 0],
  ])('a TTL of %i counts as %i (RFC 2181 §8)', (ttl, expected) => {
    const { changes } = decodeUpdate(updatePacket({ changes: [{ name: W, type: A, ttl, rdata: A1 }] }));
    expect(changes[0]).toMatchObject({ kind: 'add', ttl: expected });
  });
});

describe('lengths and counts that lie', () => {
  const one = { name: W, type: A, ttl: 60, rdata: A1 };
  it.each<[string, PacketParts, number | undefined]>([
    ['more prerequisites than there are', { counts: { 1: 1 } }, FORMERR],
    ['more changes', { changes: [one], counts: { 2: 2 } }, FORMERR],
    ['fewer changes', { changes: [one, one], counts: { 2: 1 } }, FORMERR],
    ['more additional records', { counts: { 3: 1 } }, FORMERR],
    ['octets left over', { changes: [one], tail: Buffer.of(0) }, FORMERR],
    ['data beyond the end', { changes: [{ ...one, rdlength: 5 }] }, FORMERR],
    ['data that ends early', { changes: [{ ...one, rdlength: 3 }] }, FORMERR],
    ['additional records are passed over', { additional: [{ name: 'a.org', type: A, rdata: A1 }] }, undefined],
    ['as many as are taken', { changes: Array<typeof one>(MAX_UPDATE_RECORDS).fill(one) }, undefined],
    ['one more', { changes: Array<typeof one>(MAX_UPDATE_RECORDS + 1).fill(one) }, REFUSED],
    ['65,535 of them, none of which is there', { counts: { 1: 65_535, 2: 65_535 } }, REFUSED],
  ])('%s', (_what, parts, expected) => expect(faultOf(parts)).toBe(expected));

  it('cut anywhere, it is malformed', () => {
    const packet = updatePacket({ prerequisites: [{ name: W, type: A, rrclass: ANY }], changes: [one] });
    for (let end = 0; end < packet.length; end++)
      expect(decodeUpdate(packet.subarray(0, end)).fault?.rcode).toBe(FORMERR);
  });
});

describe('compression (RFC 1035 §4.1.4)', () => {
  const inZone = (label: string): Buffer => Buffer.concat([Buffer.of(label.length), Buffer.from(label), pointer(ZONE)]);
  const decoded = (...changes: PacketRecord[]) => decodeUpdate(updatePacket({ changes })).changes;

  it('expands owners, those that are a pointer alone too', () => {
    const [first, second] = decoded(
      { name: pointer(ZONE), type: TXT, rdata: txt('a') },
      { name: inZone('www'), type: TXT, rdata: txt('b') },
    );
    expect([first?.name.toString(), second?.name.toString()]).toEqual(['ct.example.org.', 'www.ct.example.org.']);
  });

  it.each<[string, number, Buffer, Buffer]>([
    ['NS', NS, inZone('ns'), wire('ns.ct.example.org')],
    ['CNAME', CNAME, pointer(ZONE), wire('ct.example.org')],
    [
      'MX',
      MX,
      Buffer.concat([Buffer.of(0, 10), inZone('mx')]),
      Buffer.concat([Buffer.of(0, 10), wire('mx.ct.example.org')]),
    ],
    [
      'RP',
      17,
      Buffer.concat([inZone('a'), pointer(ZONE)]),
      Buffer.concat([wire('a.ct.example.org'), wire('ct.example.org')]),
    ],
    [
      'SRV',
      SRV,
      Buffer.concat([Buffer.of(0, 1, 0, 2, 0, 3), inZone('s')]),
      Buffer.concat([Buffer.of(0, 1, 0, 2, 0, 3), wire('s.ct.example.org')]),
    ],
    [
      'SOA',
      SOA,
      Buffer.concat([inZone('ns'), inZone('me'), Buffer.alloc(20, 1)]),
      Buffer.concat([wire('ns.ct.example.org'), wire('me.ct.example.org'), Buffer.alloc(20, 1)]),
    ],
    [
      'NAPTR',
      35,
      Buffer.concat([Buffer.of(0, 1, 0, 2), txt('s'), txt('SIP+D2U'), txt(''), inZone('n')]),
      Buffer.concat([Buffer.of(0, 1, 0, 2), txt('s'), txt('SIP+D2U'), txt(''), wire('n.ct.example.org')]),
    ],
  ])('expands the data of %s', (_what, type, rdata, expected) => {
    expect(decoded({ name: W, type, ttl: 60, rdata })[0]).toMatchObject({ rdata: expected });
  });

  it.each<[string, number, Buffer]>([
    ['SVCB', 64, Buffer.concat([Buffer.of(0, 1), pointer(ZONE)])],
    ['a type that is not known is octets', 65_280, Buffer.concat([Buffer.of(0, 1), pointer(ZONE)])],
  ])('follows no pointer in %s', (_what, type, rdata) => {
    const { changes, fault } = decodeUpdate(updatePacket({ changes: [{ name: W, type, rdata }] }));
    if (type === 64) expect(fault?.rcode).toBe(FORMERR);
    else expect(changes[0]).toMatchObject({ rdata });
  });

  const first = 12 + wire('ct.example.org').length + 4;
  it.each<[string, Buffer]>([
    ['to itself', pointer(first)],
    ['forward', pointer(first + 40)],
    ['into the header', pointer(4)],
    ['beyond the message', pointer(0x3fff)],
    ['half of one', Buffer.of(0xc0)],
    ['a reserved label type', Buffer.of(0x40, 0)],
    ['another one', Buffer.of(0x80, 0)],
    ['a loop through a label', Buffer.concat([Buffer.of(1, 0x61), pointer(first)])],
    ['a label over the end', Buffer.of(63, 0x61)],
  ])('a name that points %s is malformed', (_what, name) => {
    expect(change({ name, rdata: A1 })).toBe(FORMERR);
  });

  it('data that points over its own end is malformed', () => {
    expect(change({ type: CNAME, rdata: pointer(ZONE), rdlength: 1 })).toBe(FORMERR);
    expect(change({ type: MX, rdata: Buffer.of(0) })).toBe(FORMERR);
    expect(change({ type: CNAME, rdata: Buffer.concat([pointer(ZONE), Buffer.of(0)]) })).toBe(FORMERR);
  });

  it.each([
    [127, undefined],
    [128, FORMERR],
  ])('a chain of %i pointers: %s', (length, expected) => {
    const at = first + wire(W).length + 10;
    const chain = Array.from({ length: length - 1 }, (_, i) => pointer(i === 0 ? ZONE : at + 2 * (i - 1)));
    const changes = [
      { name: W, type: 65_280, rdata: Buffer.concat(chain) },
      { name: pointer(at + 2 * (length - 2)), type: A, rdata: A1 },
    ];
    expect(faultOf({ changes })).toBe(expected);
  });

  it('a name of 255 octets is the longest', () => {
    const label = (octets: number): Buffer => Buffer.concat([Buffer.of(octets), Buffer.alloc(octets, 0x61)]);
    const tail = 255 - 3 * 64 - wire('ct.example.org').length;
    const name = (octets: number): Buffer =>
      Buffer.concat([label(63), label(63), label(63), label(octets - 1), pointer(ZONE)]);
    expect(change({ name: name(tail), rdata: A1 })).toBeUndefined();
    expect(change({ name: name(tail + 1), rdata: A1 })).toBe(FORMERR);
  });
});
