import { decode } from 'dns-packet';
import { ask, lines, query, wireAnswer } from '../test/ask';
import { soa, zoneData } from '../test/sample-zone';
import { buildServableZone, buildZone } from './zone-builder';
import { RrsetData } from './zone-data';
import { ZoneSet } from './zone-set';

const name = 'x';
const ttl = 60;
const owner = 'x.ct.example.org';

describe('records as dns-packet reads them', () => {
  it.each<[string, RrsetData, unknown]>([
    ['A', { name, ttl, type: 'A', records: ['192.0.2.255'] }, '192.0.2.255'],
    ['AAAA', { name, ttl, type: 'AAAA', records: ['2001:db8::a:0:1'] }, '2001:db8::a:0:1'],
    ['AAAA with an IPv4 tail', { name, ttl, type: 'AAAA', records: ['64:ff9b::192.0.2.1'] }, '64:ff9b::c000:201'],
    ['AAAA of all zeros', { name, ttl, type: 'AAAA', records: ['::'] }, '::'],
    ['AAAA in full', { name, ttl, type: 'AAAA', records: ['1:2:3:4:5:6:7:8'] }, '1:2:3:4:5:6:7:8'],
    ['PTR', { name, ttl, type: 'PTR', records: ['other.example.'] }, 'other.example'],
    ['CNAME, relative', { name, ttl, type: 'CNAME', records: ['ns'] }, 'ns.ct.example.org'],
    [
      'MX',
      { name, ttl, type: 'MX', records: [{ preference: 10, exchange: '@' }] },
      { preference: 10, exchange: 'ct.example.org' },
    ],
    [
      'SRV',
      { name, ttl, type: 'SRV', records: [{ priority: 1, weight: 2, port: 65535, target: 'ns' }] },
      { priority: 1, weight: 2, port: 65535, target: 'ns.ct.example.org' },
    ],
    [
      'CAA',
      { name, ttl, type: 'CAA', records: [{ flags: 128, tag: 'issue', value: 'letsencrypt.org' }] },
      { flags: 128, tag: 'issue', value: 'letsencrypt.org', issuerCritical: true },
    ],
    [
      'SSHFP',
      { name, ttl, type: 'SSHFP', records: [{ algorithm: 4, fingerprintType: 2, fingerprint: 'AB'.repeat(32) }] },
      { algorithm: 4, hash: 2, fingerprint: 'AB'.repeat(32) },
    ],
    ['TXT', { name, ttl, type: 'TXT', records: ['hello'] }, [Buffer.from('hello')]],
    ['TXT, empty', { name, ttl, type: 'TXT', records: [''] }, [Buffer.alloc(0)]],
    [
      'TXT with a quote and a backslash',
      { name, ttl, type: 'TXT', records: ['"a\\" ; b'] },
      [Buffer.from('"a\\" ; b')],
    ],
    ['TXT beyond ASCII', { name, ttl, type: 'TXT', records: ['é'] }, [Buffer.from('é', 'utf8')]],
    [
      'TXT of 256 octets',
      { name, ttl, type: 'TXT', records: ['a'.repeat(256)] },
      [Buffer.from('a'.repeat(255)), Buffer.from('a')],
    ],
    [
      'TXT of 510 octets',
      { name, ttl, type: 'TXT', records: ['a'.repeat(510)] },
      [Buffer.from('a'.repeat(255)), Buffer.from('a'.repeat(255))],
    ],
    [
      'TXT of given strings',
      { name, ttl, type: 'TXT', records: [['a', Uint8Array.of(0, 255)]] },
      [Buffer.from('a'), Buffer.of(0, 255)],
    ],
  ])('%s', (_, rrset, data) => {
    const { answers } = ask([rrset], { name: owner, type: rrset.type as 'A' });
    expect(answers?.[0]).toMatchObject({ name: owner, type: rrset.type, ttl, data });
  });

  it('raw types (RFC 3597)', () => {
    const zone = buildZone(
      zoneData([{ name, ttl, type: 'TYPE65280', records: [Uint8Array.of(1, 2, 3), new Uint8Array()] }]),
    );
    const asked = query({ name: owner, type: 'A', edns: false });
    asked.writeUInt16BE(65280, asked.length - 4);
    const wire = wireAnswer(asked, ZoneSet.of([zone]))?.toString('hex') ?? '';
    expect(wire.slice(asked.length * 2)).toBe('c00cff0000010000003c0000' + 'c00cff0000010000003c0003010203');
  });

  it('SOA, with a serial beyond 2^31', () => {
    const { answers } = ask([], { name: 'ct.example.org', type: 'SOA' });
    expect(answers?.[0]).toMatchObject({
      ttl: 300,
      data: {
        mname: 'ns.ct.example.org',
        rname: 'hostmaster.ct.example.org',
        serial: 0xfedcba98,
        refresh: 3600,
        retry: 600,
        expire: 864_000,
        minimum: 60,
      },
    });
  });

  it.each([0, 1, 2 ** 31, 2 ** 32 - 1])('serial %d', (serial) => {
    const zone = buildZone(zoneData([], { soa: { ...soa, serial } }));
    const wire = wireAnswer(query({ name: 'ct.example.org', type: 'SOA' }), ZoneSet.of([zone]));
    expect(wire && decode(wire).answers?.[0]).toMatchObject({ data: { serial } });
    expect(zone.serial).toBe(serial);
  });

  it('records given twice are one record, and two TTLs become the lower', () => {
    const { answers } = ask(
      [
        { name, ttl: 300, type: 'A', records: ['192.0.2.1', '192.0.2.1'] },
        { name: 'X', ttl: 60, type: 'A', records: ['192.0.2.2', '192.0.2.1'] },
      ],
      { name: owner },
    );
    expect(lines(answers)).toEqual([`${owner} 60 A 192.0.2.1`, `${owner} 60 A 192.0.2.2`]);
  });
});

describe('records that cannot be put on the wire', () => {
  const text = (records: string[]): Omit<Extract<RrsetData, { type: 'A' }>, 'type'> => ({ name, ttl, records });
  it.each<[string, RrsetData]>([
    ['A: 256', { ...text(['192.0.2.256']), type: 'A' }],
    ['A: three numbers', { ...text(['192.0.2']), type: 'A' }],
    ['A: leading nought', { ...text(['192.0.2.01']), type: 'A' }],
    ['A: IPv6', { ...text(['::1']), type: 'A' }],
    ['A: empty', { ...text(['']), type: 'A' }],
    ['AAAA: IPv4', { ...text(['192.0.2.1']), type: 'AAAA' }],
    ['AAAA: with a scope', { ...text(['fe80::1%eth0']), type: 'AAAA' }],
    ['AAAA: two gaps', { ...text(['1::2::3']), type: 'AAAA' }],
    ['CNAME: a label too long', { ...text(['a'.repeat(64)]), type: 'CNAME' }],
    ['CNAME: a lone backslash', { ...text(['\\']), type: 'CNAME' }],
    ['NS: empty', { ...text(['']), type: 'NS' }],
    ['MX: preference too large', { name, ttl, type: 'MX', records: [{ preference: 65536, exchange: 'a' }] }],
    [
      'SRV: port below nought',
      { name, ttl, type: 'SRV', records: [{ priority: 0, weight: 0, port: -1, target: 'a' }] },
    ],
    ['SRV: port no integer', { name, ttl, type: 'SRV', records: [{ priority: 0, weight: 0, port: 1.5, target: 'a' }] }],
    ['CAA: empty tag', { name, ttl, type: 'CAA', records: [{ tag: '', value: 'x' }] }],
    ['CAA: tag with a dot', { name, ttl, type: 'CAA', records: [{ tag: 'a.b', value: 'x' }] }],
    ['CAA: flags too large', { name, ttl, type: 'CAA', records: [{ flags: 256, tag: 'issue', value: 'x' }] }],
    [
      'SSHFP: not hexadecimal',
      { name, ttl, type: 'SSHFP', records: [{ algorithm: 4, fingerprintType: 2, fingerprint: 'zz'.repeat(32) }] },
    ],
    [
      'SSHFP: odd length',
      { name, ttl, type: 'SSHFP', records: [{ algorithm: 4, fingerprintType: 3, fingerprint: 'abc' }] },
    ],
    [
      'SSHFP: wrong length',
      { name, ttl, type: 'SSHFP', records: [{ algorithm: 4, fingerprintType: 2, fingerprint: 'ab'.repeat(20) }] },
    ],
    ['TXT: no strings', { name, ttl, type: 'TXT', records: [[]] }],
    ['TXT: a string of 256 octets', { name, ttl, type: 'TXT', records: [['a'.repeat(256)]] }],
    ['raw: 65,536 octets', { name, ttl, type: 'TYPE65280', records: [new Uint8Array(65_536)] }],
  ])('%s', (_, rrset) => {
    const good: RrsetData = { name: 'good', ttl, type: 'A', records: ['192.0.2.1'] };
    const { zone, problems } = buildServableZone(zoneData([rrset, good]));
    expect(problems).toEqual([
      { code: 'bad-rdata', owner: `${owner}.`, type: rrset.type, message: expect.any(String) as string },
    ]);
    expect(zone?.size).toBe(4);
  });
});
