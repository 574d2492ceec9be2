import { txt, wire } from '../../test/update-packet';
import { Name } from '../name';
import { RrType, typeName } from '../rr-type';
import { HeldRecord } from './held-records';
import { applyUpdate } from './update-application';
import { Change } from './update-message';

const { A, NS, CNAME, SOA, TXT, MX } = RrType;
const ZONE = Name.parse('ct.example.org');
const WWW = Name.parse('www.ct.example.org');
const A1 = Buffer.of(192, 0, 2, 1);
const A2 = Buffer.of(192, 0, 2, 2);
const soa = (serial: number): Buffer => {
  const numbers = Buffer.alloc(20);
  numbers.writeUInt32BE(serial);
  return Buffer.concat([wire('ns.example.org'), wire('me.example.org'), numbers]);
};

const record = (type: number, rdata: Buffer, standing: HeldRecord['standing'] = 'own', ttl = 60): HeldRecord => ({
  type,
  ttl,
  rdata,
  standing,
});
const add = (type: number, rdata: Buffer, ttl = 60, name = WWW): Change => ({ kind: 'add', name, type, ttl, rdata });
const drop = (type: number, rdata: Buffer, name = WWW): Change => ({
  kind: 'delete-record',
  name,
  type,
  ttl: 0,
  rdata,
});
const dropSet = (type: number, name = WWW): Change => ({ kind: 'delete-rrset', name, type });
const dropName = (name = WWW): Change => ({ kind: 'delete-name', name });

const line = ({ type, ttl, rdata }: { type: number; ttl: number; rdata: Buffer }): string =>
  `${typeName(type)} ${ttl} ${rdata.toString('latin1')}`;
function changes(name: Name, held: readonly HeldRecord[], ...list: Change[]): string[] {
  const { removed, added, after } = applyUpdate(ZONE, list, new Map([[name.key, held]]));
  expect(after.size).toBe(removed.length + added.length > 0 ? 1 : 0);
  return [...removed.map((one) => `-${line(one)}`), ...added.map((one) => `+${line(one)}`)];
}
const a1 = line(record(A, A1));

describe('adding (§3.4.2.2)', () => {
  const cname = record(CNAME, wire('a.org'));
  it.each<[string, HeldRecord[], Change[], string[]]>([
    ['a record', [], [add(A, A1)], [`+${a1}`]],
    ['one that is there', [record(A, A1)], [add(A, A1)], []],
    [
      'one that is there with another TTL',
      [record(A, A1)],
      [add(A, A1, 30)],
      [`-${a1}`, `+${line(record(A, A1, 'own', 30))}`],
    ],
    [
      'one beside others: the TTL is that of all (RFC 2181 §5.2)',
      [record(A, A1)],
      [add(A, A2, 30)],
      [`-${a1}`, `+${line(record(A, A1, 'own', 30))}`, `+${line(record(A, A2, 'own', 30))}`],
    ],
    [
      'one beside fixed ones: their TTL stays',
      [record(A, A1, 'fixed')],
      [add(A, A2, 30)],
      [`+${line(record(A, A2, 'own', 30))}`],
    ],
    ['one that is fixed', [record(A, A1, 'fixed')], [add(A, A1, 30)], []],
    ['one that something else made, which may end', [record(A, A1, 'foreign')], [add(A, A1)], [`+${a1}`]],
    ['the same twice', [], [add(A, A1), add(A, A1)], [`+${a1}`]],
    ['another type', [record(A, A1)], [add(TXT, txt('x'))], [`+${line(record(TXT, txt('x')))}`]],
    ['a CNAME beside others', [record(A, A1)], [add(CNAME, wire('b.org'))], []],
    ['others beside a CNAME', [cname], [add(A, A1)], []],
    [
      'a CNAME where one is',
      [cname],
      [add(CNAME, wire('b.org'))],
      [`-${line(cname)}`, `+${line(record(CNAME, wire('b.org')))}`],
    ],
    [
      'a CNAME in place of others that go first',
      [record(A, A1)],
      [dropSet(A), add(CNAME, wire('b.org'))],
      [`-${a1}`, `+${line(record(CNAME, wire('b.org')))}`],
    ],
    ['an SOA where there is none', [], [add(SOA, soa(2))], []],
    [
      'a name in data with other case is the same record',
      [record(MX, Buffer.concat([A1.subarray(2), wire('a.org')]))],
      [add(MX, Buffer.concat([A1.subarray(2), wire('A.org')]))],
      [
        `-${line(record(MX, Buffer.concat([A1.subarray(2), wire('a.org')])))}`,
        `+${line(record(MX, Buffer.concat([A1.subarray(2), wire('A.org')])))}`,
      ],
    ],
  ])('%s', (_what, held, list, expected) => expect(changes(WWW, held, ...list)).toEqual(expected));

  it.each([
    [1, 2, true],
    [2, 2, false],
    [2, 1, false],
    [0xffff_ffff, 0, true],
    [0, 0x8000_0000, false],
  ])('an SOA of serial %i to one of %i: %s (RFC 1982)', (before, after, replaced) => {
    const held = record(SOA, soa(before));
    const expected = [`-${line(held)}`, `+${line(record(SOA, soa(after)))}`];
    expect(changes(ZONE, [held], add(SOA, soa(after), 60, ZONE))).toEqual(replaced ? expected : []);
  });
});

describe('deleting (§3.4.2.3, §3.4.2.4)', () => {
  const www = [record(A, A1), record(A, A2), record(TXT, txt('x'), 'foreign'), record(TXT, txt('y'), 'fixed')];
  const of = (...records: HeldRecord[]): string[] => records.map((one) => `-${line(one)}`);
  it.each<[string, Change[], string[]]>([
    ['a record', [drop(A, A1)], of(record(A, A1))],
    ['a record that is not there', [drop(A, Buffer.of(1, 1, 1, 1))], []],
    ['a set', [dropSet(A)], of(record(A, A1), record(A, A2))],
    ['a set that is not there', [dropSet(MX)], []],
    ['all of a name', [dropName()], of(...www)],
    ['all of another name', [dropName(Name.parse('other.ct.example.org'))], []],
    ['and putting back', [dropSet(A), add(A, A2), add(A, A1)], []],
    ['and putting one back', [dropSet(A), add(A, A2)], of(record(A, A1))],
    ['what was just added', [add(MX, wire('a.org')), dropSet(MX)], []],
  ])('%s', (_what, list, expected) => expect(changes(WWW, www, ...list)).toEqual(expected));
});

describe('the top of the zone', () => {
  const [ns1, ns2] = [record(NS, wire('a.org')), record(NS, wire('b.org'))];
  const top = [record(SOA, soa(1), 'fixed'), ns1, ns2, record(TXT, txt('x'))];
  const text = `-${line(record(TXT, txt('x')))}`;
  it.each<[string, Change[], string[]]>([
    ['all of it: SOA and NS stay', [dropName(ZONE)], [text]],
    ['the SOA', [dropSet(SOA, ZONE)], []],
    ['the SOA record', [drop(SOA, soa(1), ZONE)], []],
    ['the NS', [dropSet(NS, ZONE)], []],
    ['one NS', [drop(NS, wire('A.org'), ZONE)], [`-${line(ns1)}`]],
    ['the last NS', [drop(NS, wire('a.org'), ZONE), drop(NS, wire('b.org'), ZONE)], [`-${line(ns1)}`]],
    ['its TXT', [dropSet(TXT, ZONE)], [text]],
  ])('deleting %s', (_what, list, expected) => expect(changes(ZONE, top, ...list)).toEqual(expected));

  it('the last NS elsewhere may go', () => {
    expect(changes(WWW, [ns1], drop(NS, wire('a.org')))).toEqual([`-${line(ns1)}`]);
  });
});
