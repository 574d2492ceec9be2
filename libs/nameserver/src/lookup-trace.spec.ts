import { traceLookup } from './lookup-trace';
import { Name } from './name';
import { RrType } from './rr-type';
import { buildZone } from './zone-builder';
import { readZoneFile } from './zone-file/zone-file-reader';

const text = `@ 60 SOA ns h 1 2 3 4 60
@ 60 NS ns
ns 60 A 192.0.2.53
web 60 A 192.0.2.1
www 60 CNAME web
out 60 CNAME x.example.
a 60 CNAME b
b 60 CNAME a
*.w 60 TXT "x"
deep.er 60 A 192.0.2.2
sub 60 NS ns.sub
ns.sub 60 A 192.0.2.3`;
const zone = buildZone(readZoneFile(text, { origin: 'z.' }));

it.each<[string, number, string, string[], string[]]>([
  ['web.z.', RrType.A, 'NOERROR', ['web.z. has A'], ['web.z. 1']],
  ['WWW.z.', RrType.A, 'NOERROR', ['www.z. is an alias', 'web.z. has A'], ['WWW.z. 5', 'web.z. 1']],
  ['www.z.', RrType.CNAME, 'NOERROR', ['www.z. has CNAME'], ['www.z. 5']],
  ['out.z.', RrType.A, 'NOERROR', ['x.example. is not in this zone'], ['out.z. 5']],
  ['a.z.', RrType.A, 'NOERROR', ['the chain leads back to a.z., or is too long'], ['a.z. 5', 'b.z. 5']],
  [
    'q.w.z.',
    RrType.TXT,
    'NOERROR',
    ['q.w.z. does not exist', 'the wildcard *.w.z. answers in its place'],
    ['q.w.z. 16'],
  ],
  ['er.z.', RrType.A, 'NOERROR', ['er.z. has no records of its own'], []],
  ['web.z.', RrType.MX, 'NOERROR', ['web.z. exists without MX'], []],
  ['x.sub.z.', RrType.A, 'NOERROR', ['sub.z. is delegated', 'the answer is a referral to those name servers'], []],
  ['none.z.', RrType.A, 'NXDOMAIN', ['none.z. does not exist', 'there is no wildcard *.z.'], []],
])('%s %i: %s', (name, type, rcode, steps, answers) => {
  const trace = traceLookup(zone, Name.parse(name), type);
  expect(trace.rcode).toBe(rcode);
  expect(trace.steps.map(({ text: words }) => words)).toEqual(expect.arrayContaining(steps));
  expect(trace.answers.map((record) => `${record.owner} ${record.type}`)).toEqual(answers);
});
