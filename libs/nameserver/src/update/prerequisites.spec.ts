import { txt, wire } from '../../test/update-packet';
import { Name } from '../name';
import { Rcode } from '../rcode';
import { RrType } from '../rr-type';
import { HeldNames } from './held-records';
import { failedPrerequisite } from './prerequisites';
import { Prerequisite } from './update-message';

const { NXDOMAIN, YXDOMAIN, NXRRSET, YXRRSET } = Rcode;
const { A, TXT, MX } = RrType;
const at = (name: string): Name => Name.parse(`${name}.ct.example.org`);
const record = (type: number, rdata: Buffer) => ({ type, ttl: 60, rdata, standing: 'own' as const });
const mx = (name: string): Buffer => Buffer.concat([Buffer.of(0, 10), wire(name)]);

const held: HeldNames = new Map([
  [at('www').key, [record(TXT, txt('a')), record(TXT, txt('b')), record(MX, mx('Mail.example.org'))]],
  [at('twice').key, [record(TXT, txt('a')), { ...record(TXT, txt('a')), standing: 'fixed' as const }]],
  [at('empty').key, []],
]);
const exists = (name: string, type: number, rdata: Buffer): Prerequisite => ({
  kind: 'record-exists',
  name: at(name),
  type,
  ttl: 0,
  rdata,
});

it.each<[string, Prerequisite[], number | undefined]>([
  ['no prerequisite', [], undefined],
  ['a name in use (§2.4.4)', [{ kind: 'name-in-use', name: at('WWW') }], undefined],
  ['a name that is not', [{ kind: 'name-in-use', name: at('nobody') }], NXDOMAIN],
  ['an empty non-terminal', [{ kind: 'name-in-use', name: at('empty') }], NXDOMAIN],
  ['a name not in use (§2.4.5)', [{ kind: 'name-not-in-use', name: at('nobody') }], undefined],
  ['a name that is', [{ kind: 'name-not-in-use', name: at('www') }], YXDOMAIN],
  ['a set that exists (§2.4.1)', [{ kind: 'rrset-exists', name: at('www'), type: TXT }], undefined],
  ['a set that does not', [{ kind: 'rrset-exists', name: at('www'), type: A }], NXRRSET],
  ['a set of nobody', [{ kind: 'rrset-exists', name: at('nobody'), type: A }], NXRRSET],
  ['a set that is absent (§2.4.3)', [{ kind: 'rrset-absent', name: at('www'), type: A }], undefined],
  ['a set that is not', [{ kind: 'rrset-absent', name: at('www'), type: TXT }], YXRRSET],
  ['a set with its values (§2.4.2)', [exists('www', TXT, txt('b')), exists('www', TXT, txt('a'))], undefined],
  ['a set with too few values', [exists('www', TXT, txt('a'))], NXRRSET],
  ['a set with too many', ['a', 'b', 'c'].map((text) => exists('www', TXT, txt(text))), NXRRSET],
  ['a set with others', [exists('www', TXT, txt('a')), exists('www', TXT, txt('B'))], NXRRSET],
  ['the same value twice is one', [exists('twice', TXT, txt('a')), exists('twice', TXT, txt('a'))], undefined],
  ['names in data have no case', [exists('www', MX, mx('mAIL.example.ORG'))], undefined],
  ['values of two sets', [exists('www', MX, mx('mail.example.org')), exists('twice', TXT, txt('a'))], undefined],
  ['values of nobody', [exists('nobody', TXT, txt('a'))], NXRRSET],
  [
    'the first that fails is told',
    [
      { kind: 'name-in-use', name: at('www') },
      { kind: 'name-not-in-use', name: at('www') },
      { kind: 'rrset-absent', name: at('www'), type: TXT },
    ],
    YXDOMAIN,
  ],
  [
    'values are compared last (§3.2.3)',
    [exists('www', TXT, txt('x')), { kind: 'rrset-absent', name: at('www'), type: TXT }],
    YXRRSET,
  ],
])('%s', (_what, prerequisites, expected) => {
  expect(failedPrerequisite(prerequisites, held)?.rcode).toBe(expected);
});
