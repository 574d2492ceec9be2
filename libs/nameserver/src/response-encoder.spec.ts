import { ask, lines, query, wireAnswer } from '../test/ask';
import { zoneData } from '../test/sample-zone';
import { OptWriter } from './opt';
import { buildZone } from './zone-builder';
import { RrsetData } from './zone-data';
import { ZoneSet } from './zone-set';

const name = 'x.ct.example.org';
const txt = (count: number): RrsetData => ({
  name: 'x',
  ttl: 60,
  type: 'TXT',
  records: Array.from({ length: count }, (_, i) => `${i}`.padStart(88, '0')),
});
/** Header, question and OPT of these questions. */
const BARE = 12 + 22;
const OPT = 11;
/** A TXT record of 88 octets with a pointer for owner. */
const RECORD = 2 + 10 + 89;

describe('truncation (RFC 2181 §9)', () => {
  it.each([
    // Question 34, four records 404: 438; five: 539.
    [4, false, 'udp', false, BARE + 4 * RECORD],
    [5, false, 'udp', true, BARE],
    [4, 512, 'udp', false, BARE + 4 * RECORD + OPT],
    [5, 512, 'udp', true, BARE + OPT],
    [5, 100, 'udp', true, BARE + OPT],
    [5, 600, 'udp', false, BARE + 5 * RECORD + OPT],
    [11, 1232, 'udp', false, BARE + 11 * RECORD + OPT],
    [12, 4096, 'udp', true, BARE + OPT],
    [12, 65535, 'udp', true, BARE + OPT],
    [600, 512, 'tcp', false, BARE + 600 * RECORD + OPT],
  ] as const)('%d records, EDNS %s, %s: TC %s', (count, edns, protocol, truncated, octets) => {
    const reply = ask([txt(count)], { name, type: 'TXT', edns, protocol });
    expect({
      tc: reply.flag_tc,
      octets: reply.octets,
      answers: reply.answers?.length,
      opt: reply.additionals?.length,
    }).toEqual({
      tc: truncated,
      octets,
      answers: truncated ? 0 : count,
      opt: edns === false ? 0 : 1,
    });
  });

  const delegation = (servers: number): RrsetData[] => [
    { name: 'sub', ttl: 60, type: 'NS', records: Array.from({ length: servers }, (_, i) => `ns${i}.sub`) },
    ...Array.from({ length: servers }, (_, i): RrsetData => ({
      name: `ns${i}.sub`,
      ttl: 60,
      type: 'AAAA',
      records: [`2001:db8::${i}`],
    })),
  ];
  it('sets TC when in-domain glue does not fit (RFC 9471 §3)', () => {
    expect(ask(delegation(5), { name: 'sub.ct.example.org', edns: false })).toMatchObject({ flag_tc: false });
    expect(ask(delegation(9), { name: 'sub.ct.example.org', edns: false })).toMatchObject({
      flag_tc: true,
      authorities: [],
    });
  });

  it('leaves out sibling glue rather than truncate', () => {
    const siblings = [
      ...delegation(9),
      { name: 'two', ttl: 60, type: 'NS', records: Array.from({ length: 9 }, (_, i) => `ns${i}.sub`) } as const,
    ];
    expect(ask(siblings, { name: 'two.ct.example.org', edns: false })).toMatchObject({
      flag_tc: false,
      additionals: [],
    });
    expect(ask(siblings, { name: 'two.ct.example.org', protocol: 'tcp' }).additionals).toHaveLength(10);
  });
});

describe('what an answer repeats', () => {
  it('the case of the question', () => {
    const reply = ask([txt(1)], { name: 'X.cT.eXample.ORG', type: 'TXT' });
    expect(reply.questions?.[0]?.name).toBe('X.cT.eXample.ORG');
    expect(reply.answers?.[0]?.name).toBe('X.cT.eXample.ORG');
    expect(lines(ask([], { name: 'NOPE.CT.example.org' }).authorities)[0]).toMatch(/^CT\.example\.org 60 SOA/);
  });

  it.each([
    [0x0000, 0x8400],
    [0x0100, 0x8500],
    // AA, TC, RA, Z, AD and CD of a query mean nothing here.
    [0x07f0, 0x8500],
  ])('of the flags %d: %d', (flags, expected) => {
    const zones = ZoneSet.of([buildZone(zoneData([txt(1)]))]);
    const asked = query({ name, type: 'TXT' });
    asked.writeUInt16BE(flags, 2);
    const wire = wireAnswer(asked, zones);
    expect(wire?.readUInt16BE(0)).toBe(4711);
    expect(wire?.readUInt16BE(2)).toBe(expected);
  });

  it('DO, and OPT only to those who sent one', () => {
    expect(ask([], { name, dnssecOk: true }).additionals?.[0]).toMatchObject({
      type: 'OPT',
      udpPayloadSize: 1232,
      flag_do: true,
    });
    expect(ask([], { name }).additionals?.[0]).toMatchObject({ type: 'OPT', flag_do: false });
    expect(ask([], { name, edns: false }).additionals).toEqual([]);
  });
});

describe('NSID (RFC 5001)', () => {
  const zones = ZoneSet.of([buildZone(zoneData())]);
  const asking = Buffer.concat([
    query({ name, edns: false }),
    Buffer.from('00002904d00000000000040003' + '0000', 'hex'),
  ]);
  asking.writeUInt16BE(1, 10);

  it('is sent when it is set and asked for, and only then', () => {
    expect(wireAnswer(asking, zones, 'udp', { opt: new OptWriter('dns-1') })?.toString('hex')).toMatch(
      /00030005646e732d31$/,
    );
    expect(wireAnswer(query({ name }), zones, 'udp', { opt: new OptWriter('dns-1') })?.toString('hex')).toMatch(
      /00002904d0000000000000$/,
    );
    expect(wireAnswer(asking, zones)?.toString('hex')).toMatch(/00002904d0000000000000$/);
  });

  it('has a sensible length', () => {
    expect(() => new OptWriter('x'.repeat(256))).toThrow(RangeError);
  });
});
