import { recordConflict } from './record-conflicts';

const zone = 'ct.example.org.';
const inside = { nameserver: 'ns.ct.example.org.' };
const types: Record<string, number> = {
  A: 1,
  NS: 2,
  CNAME: 5,
  SOA: 6,
  MX: 15,
  TXT: 16,
  AAAA: 28,
  DNAME: 39,
  SSHFP: 44,
  CAA: 257,
};

it.each([
  ['the top', zone, inside, false, ['NS', 'CNAME', 'SOA', 'DNAME']],
  ['the top that is the name server', zone, { nameserver: zone }, false, ['A', 'NS', 'CNAME', 'SOA', 'AAAA', 'DNAME']],
  ["the name server's name", 'ns.ct.example.org.', inside, false, ['A', 'NS', 'CNAME', 'AAAA', 'DNAME']],
  ['a container', 'web1.ct.example.org.', inside, true, ['A', 'NS', 'CNAME', 'AAAA', 'DNAME', 'SSHFP']],
  ['below a container', '_dmarc.web1.ct.example.org.', inside, false, []],
  ['a free name', 'www.ct.example.org.', inside, false, []],
  ['the wildcard', '*.ct.example.org.', inside, false, []],
])('at %s, not these', (_what, owner, apex, isContainer, refused) => {
  const found = Object.keys(types).filter((name) =>
    recordConflict({ zone, owner, type: types[name] ?? 0 }, apex, isContainer),
  );
  expect(found.sort()).toEqual(refused.toSorted());
});
