import { Change, Name, Rcode, RrType } from '@lxdm/nameserver';
import { forbiddenChange, KeyRights } from './update-rights';

const { A, TXT, NS, SOA, DS, CNAME } = RrType;
const ZONE = Name.parse('ct.example.org.');
const rights = (names: string[], types: string[] = []): KeyRights => new KeyRights({ names, types });

it.each([
  ['web.ct.example.org.', 'web.ct.example.org.', true],
  ['web.ct.example.org.', 'WEB.ct.example.org.', true],
  ['web.ct.example.org.', 'a.web.ct.example.org.', false],
  ['web.ct.example.org.', 'ct.example.org.', false],
  ['*.ct.example.org.', 'web.ct.example.org.', true],
  ['*.ct.example.org.', '_acme-challenge.web.ct.example.org.', true],
  ['*.ct.example.org.', '*.ct.example.org.', true],
  ['*.ct.example.org.', 'ct.example.org.', false],
  ['*.ct.example.org.', 'act.example.org.', false],
  ['*.ct.example.org.', 'a\\.ct.example.org.', false],
  ['*.ct.example.org', 'web.ct.example.org.', true],
  ['no..name', 'no.', false],
])('a key for %s and the name %s: %s', (pattern, name, expected) => {
  expect(rights([pattern]).mayUpdateName(Name.parse(name))).toBe(expected);
});

it.each([
  [[], A, true],
  [[], 65_280, true],
  [[], SOA, false],
  [[], 46, false],
  [['TXT'], TXT, true],
  [['txt'], TXT, true],
  [['TXT'], A, false],
  [['TYPE65280'], 65_280, true],
  [['SOA'], SOA, false],
])('a key for %j and the type %i: %s', (types, type, expected) => {
  expect(rights(['a.'], types).mayUpdateType(type)).toBe(expected);
});

const at = (name: string): Name => Name.parse(name, ZONE);
const add = (name: string, type: number): Change => ({
  kind: 'add',
  name: at(name),
  type,
  ttl: 60,
  rdata: Buffer.of(0),
});
it.each<[string, string[], string[], Change[], RegExp | undefined]>([
  ['what it may', ['*.ct.example.org.'], ['TXT'], [add('a', TXT)], undefined],
  ['nothing, with a key for something', ['a.'], [], [], undefined],
  ['nothing, with a key for nothing', [], [], [], /may not update anything/],
  ['another name', ['a.ct.example.org.'], [], [add('a', A), add('b', A)], /b\.ct\.example\.org/],
  ['another type', ['*.ct.example.org.'], ['TXT'], [add('a', A)], /may not update A/],
  ['SOA', ['ct.example.org.'], [], [add('@', SOA)], /SOA cannot be updated/],
  ['the deletion of SOA', ['ct.example.org.'], [], [{ kind: 'delete-rrset', name: ZONE, type: SOA }], /SOA/],
  [
    'all of a name, whatever its types',
    ['*.ct.example.org.'],
    ['TXT'],
    [{ kind: 'delete-name', name: at('a') }],
    undefined,
  ],
  ['all of another name', ['a.ct.example.org.'], [], [{ kind: 'delete-name', name: at('b') }], /b\.ct/],
  ['a delegation', ['*.ct.example.org.'], [], [add('sub', NS)], undefined],
  ['a delegation by wildcard', ['*.ct.example.org.'], [], [add('*', NS)], /wildcard/],
  ['DS of a delegation', ['*.ct.example.org.'], [], [add('sub', DS)], undefined],
  ['DS of the top', ['ct.example.org.'], [], [add('@', DS)], /parent/],
  ['DNAME', ['*.ct.example.org.'], [], [add('a', 39)], /DNAME/],
  ['one that may and one that may not', ['a.ct.example.org.'], [], [add('a', CNAME), add('c', CNAME)], /c\.ct/],
])('%s', (_what, names, types, changes, expected) => {
  const fault = forbiddenChange(rights(names, types), ZONE, changes);
  if (!expected) return expect(fault).toBeUndefined();
  expect(fault).toEqual({ rcode: Rcode.REFUSED, reason: expect.stringMatching(expected) });
});
