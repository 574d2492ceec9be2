import type { UpdatableRecord, UpdateInputs } from '@lxdm/entities';
import { Change, Name, Prerequisite, Rcode, RrType } from '@lxdm/nameserver';
import { decideUpdate } from './update-decision';
import { KeyRights } from './update-rights';
import { scopeOf } from './update-scope';

const { A, AAAA, CNAME, NS, TXT, SSHFP, PTR, MX } = RrType;
const { REFUSED, NXRRSET, YXRRSET, YXDOMAIN } = Rcode;
const FORWARD = 'ct.example.org.';
const REVERSE = '2.0.192.in-addr.arpa.';
const apex = { zone: FORWARD, nameserver: `ns.${FORWARD}`, nameserverAddresses: ['192.0.2.53'] };
const zones: UpdateInputs['zones'] = [
  { name: FORWARD, kind: 'forward', cidr: null, serial: 7 },
  { name: REVERSE, kind: 'reverse', cidr: '192.0.2.0/24', serial: 7 },
];
const web = { name: 'web', addresses: '192.0.2.7', hostKeys: `4:${'ab'.repeat(32)}` };
const bare = { name: 'bare', addresses: '', hostKeys: '' };

const txt = (text: string): Buffer => Buffer.from(String.fromCharCode(text.length) + text, 'latin1');
const wire = (name: string): Buffer => Name.parse(name).wire;
let ids = 0;
const row = (
  owner: string,
  type: number,
  rdata: Buffer,
  source: UpdatableRecord['source'] = 'update',
): UpdatableRecord => ({
  id: String((ids += 1)),
  owner: owner === '@' ? FORWARD : `${owner}.${FORWARD}`,
  type,
  ttl: 60,
  rdata,
  source,
});
const at = (name: string, zone = FORWARD): Name => Name.parse(name, Name.parse(zone));
const add = (name: string, type: number, rdata: Buffer): Change => ({
  kind: 'add',
  name: at(name),
  type,
  ttl: 60,
  rdata,
});
const dropSet = (name: string, type: number): Change => ({ kind: 'delete-rrset', name: at(name), type });
const drop = (name: string, type: number, rdata: Buffer): Change => ({
  kind: 'delete-record',
  name: at(name),
  type,
  ttl: 0,
  rdata,
});
const dropName = (name: string): Change => ({ kind: 'delete-name', name: at(name) });
const A9 = Buffer.of(192, 0, 2, 9);

interface Given {
  changes?: Change[];
  prerequisites?: Prerequisite[];
  records?: UpdatableRecord[];
  types?: string[];
  zone?: string;
}
/** The response code, or what goes and comes. */
function decided({
  changes = [],
  prerequisites = [],
  records = [],
  types = [],
  zone = FORWARD,
}: Given): number | string {
  const message = { zone: Name.parse(zone), prerequisites, changes, fault: undefined };
  const key = new KeyRights({ names: [FORWARD, `*.${FORWARD}`, `*.${REVERSE}`], types });
  const result = decideUpdate(apex, message.zone, message, key, { zones, containers: [web, bare], records });
  return result.fault ? result.fault.rcode : `-${result.removed.length} +${result.added.length}`;
}

describe('names of containers', () => {
  const sshfp = Buffer.concat([Buffer.of(4, 2), Buffer.alloc(32)]);
  it.each<[string, Change, number | string]>([
    ['A beside a container', add('web', A, A9), REFUSED],
    ['AAAA', add('web', AAAA, Buffer.alloc(16)), REFUSED],
    ['CNAME', add('web', CNAME, wire('a.org')), REFUSED],
    ['SSHFP', add('web', SSHFP, sshfp), REFUSED],
    ['a delegation', add('web', NS, wire('a.org')), REFUSED],
    ['A of one without addresses', add('bare', A, A9), REFUSED],
    ['CNAME of one without addresses', add('bare', CNAME, wire('a.org')), REFUSED],
    ['deleting its A', dropSet('web', A), REFUSED],
    ['deleting one A of it', drop('web', A, Buffer.of(192, 0, 2, 7)), REFUSED],
    ['deleting all of it', dropName('web'), REFUSED],
    ['deleting all of one that has nothing', dropName('bare'), '-0 +0'],
    ['TXT', add('web', TXT, txt('x')), '-0 +1'],
    ['MX', add('WEB', MX, Buffer.concat([Buffer.of(0, 1), wire('a.org')])), '-0 +1'],
    ['its challenge', add('_acme-challenge.web', TXT, txt('x')), '-0 +1'],
    ['A of another name', add('other', A, A9), '-0 +1'],
  ])('%s: %s', (_what, change, expected) => expect(decided({ changes: [change] })).toBe(expected));

  it('count as they are served when prerequisites ask', () => {
    const one = { kind: 'record-exists' as const, ttl: 0 };
    const ask = (...prerequisites: Prerequisite[]): number | string => decided({ prerequisites });
    expect(ask({ kind: 'rrset-exists', name: at('web'), type: A })).toBe('-0 +0');
    expect(ask({ kind: 'rrset-exists', name: at('web'), type: AAAA })).toBe(NXRRSET);
    expect(ask({ ...one, name: at('web'), type: A, rdata: Buffer.of(192, 0, 2, 7) })).toBe('-0 +0');
    expect(ask({ ...one, name: at('web'), type: A, rdata: A9 })).toBe(NXRRSET);
    expect(ask({ kind: 'rrset-absent', name: at('web'), type: SSHFP })).toBe(YXRRSET);
    expect(ask({ kind: 'name-not-in-use', name: at('@') })).toBe(YXDOMAIN);
    expect(ask({ kind: 'name-not-in-use', name: at('bare') })).toBe('-0 +0');
  });
});

describe('the top and the name server', () => {
  it.each<[string, Change, number | string]>([
    ['NS at the top', add('@', NS, wire('a.org')), REFUSED],
    ['deleting NS at the top', dropSet('@', NS), REFUSED],
    ['CNAME at the top', add('@', CNAME, wire('a.org')), REFUSED],
    ['TXT at the top', add('@', TXT, txt('v=spf1 -all')), '-0 +1'],
    ['A at the top', add('@', A, A9), '-0 +1'],
    ['deleting all of the top: SOA and NS stay', dropName('@'), '-0 +0'],
    ['A of the name server', add('ns', A, A9), REFUSED],
    ['deleting all of the name server', dropName('ns'), REFUSED],
  ])('%s', (_what, change, expected) => expect(decided({ changes: [change] })).toBe(expected));
});

describe('records of others', () => {
  const records = [
    row('mix', TXT, txt('s'), 'static'),
    row('mix', TXT, txt('d'), 'dynamic'),
    row('mix', TXT, txt('u')),
  ];
  it.each<[string, Change[], number | string]>([
    ['beside them', [add('mix', TXT, txt('n'))], '-0 +1'],
    ['a static one stays', [drop('mix', TXT, txt('s'))], REFUSED],
    ['the value of a dynamic entry may go', [drop('mix', TXT, txt('d'))], '-1 +0'],
    ['its own may go', [drop('mix', TXT, txt('u'))], '-1 +0'],
    ['a set with a static one stays whole', [dropSet('mix', TXT)], REFUSED],
    ['all of the name stays', [dropName('mix')], REFUSED],
    ['a static one is there already', [add('mix', TXT, txt('s'))], '-0 +0'],
    ['nothing half done', [add('new', TXT, txt('x')), dropSet('mix', TXT)], REFUSED],
  ])('%s', (_what, changes, expected) => expect(decided({ changes, records })).toBe(expected));
});

it('deleting all of a name needs the right to every type that goes', () => {
  const records = [row('any', TXT, txt('x')), row('any', A, A9)];
  expect(decided({ changes: [dropName('any')], records, types: ['TXT'] })).toBe(REFUSED);
  expect(decided({ changes: [dropName('any')], records, types: ['TXT', 'A'] })).toBe('-2 +0');
  expect(decided({ changes: [dropName('any')], records: records.slice(0, 1), types: ['TXT'] })).toBe('-1 +0');
});

it('a set has at most a hundred records', () => {
  const records = Array.from({ length: 99 }, (_, index) => row('many', TXT, txt(`t${index}`)));
  expect(decided({ changes: [add('many', TXT, txt('x'))], records })).toBe('-0 +1');
  expect(decided({ changes: [add('many', TXT, txt('x')), add('many', TXT, txt('y'))], records })).toBe(REFUSED);
  const replaced = [dropSet('many', TXT), add('many', TXT, txt('x')), add('many', TXT, txt('y'))];
  expect(decided({ changes: replaced, records })).toBe('-99 +2');
});

it('pointers of containers stay, others come and go', () => {
  const ptr = (name: string, kind: 'add' | 'delete-record' = 'add'): Change => ({
    kind,
    name: at(name, REVERSE),
    type: PTR,
    ttl: 60,
    rdata: wire(`web.${FORWARD}`),
  });
  expect(decided({ zone: REVERSE, changes: [ptr('200')] })).toBe('-0 +1');
  expect(decided({ zone: REVERSE, changes: [ptr('7', 'delete-record')] })).toBe(REFUSED);
  expect(decided({ zone: REVERSE, changes: [{ kind: 'delete-name', name: at('7', REVERSE) }] })).toBe(REFUSED);
});

it('reads the names of prerequisites and changes, and the containers that have a say there', () => {
  const prerequisites: Prerequisite[] = [{ kind: 'name-in-use', name: at('Web') }];
  const message = {
    zone: at('@'),
    prerequisites,
    changes: [add('a.b', TXT, txt('x')), add('web', TXT, txt('x'))],
    fault: undefined,
  };
  expect(scopeOf(apex, { name: FORWARD, cidr: null }, message)).toEqual({
    zone: FORWARD,
    owners: [`web.${FORWARD}`, `a.b.${FORWARD}`],
    containers: ['web', 'a.b'],
    addresses: [],
  });
  const pointers = {
    ...message,
    prerequisites: [],
    changes: [{ kind: 'delete-name' as const, name: at('7', REVERSE) }],
  };
  expect(scopeOf(apex, { name: REVERSE, cidr: '192.0.2.0/24' }, pointers)).toMatchObject({
    containers: [],
    addresses: ['192.0.2.7'],
  });
});
