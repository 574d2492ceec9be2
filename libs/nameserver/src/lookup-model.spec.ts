import * as fc from 'fast-check';
import { ask } from '../test/ask';
import { RrsetData } from './zone-data';

/** How many zones; a soak sets more. */
const zones = Number(process.env['LXDM_FUZZ_PACKETS'] ?? 1_000);
jest.setTimeout(10_000 + zones * 10);

const APEX = 'ct.example.org';
const MAX_CHAIN = 8;
type Kind = 'A' | 'TXT' | 'A+TXT' | 'NS' | `CNAME ${string}`;
type Asked = 'A' | 'TXT' | 'DS';
/** Names relative to the apex, as lists of labels; the apex is the empty list. */
type Model = ReadonlyMap<string, Kind>;

interface Outcome {
  rcode: string;
  aa: boolean;
  answers: string[];
  authority: string[];
}

const parentsOf = (name: string): string[] => {
  const labels = name === '' ? [] : name.split('.');
  return labels.map((_, at) => labels.slice(at).join('.')).concat('');
};

const hasType = (kind: Kind | undefined, type: Asked): boolean => kind?.split('+').includes(type) ?? false;

/** RFC 1034 §4.3.2 and RFC 4592 read out one sentence after the other, by comparing every name with every other. */
function resolve(model: Model, name: string, type: Asked, chain: string[] = []): Outcome {
  const exists = (candidate: string): boolean =>
    candidate === '' || [...model.keys(), 'ns'].some((key) => key === candidate || key.endsWith(`.${candidate}`));
  const ends = (rcode: string, authority: string[], found: string[] = [], aa = true): Outcome => ({
    rcode,
    aa: aa || chain.length > 0,
    answers: [...chain, ...found],
    authority,
  });
  const soa = ['SOA'];

  const cut = parentsOf(name)
    .reverse()
    .find((ancestor) => model.get(ancestor) === 'NS');
  if (cut !== undefined && !(type === 'DS' && cut === name)) return ends('NOERROR', [`${cut} NS`], [], false);

  let source = name;
  if (!exists(name)) {
    const encloser = parentsOf(name).find(exists) ?? '';
    source = encloser === '' ? '*' : `*.${encloser}`;
    if (!exists(source)) return ends('NXDOMAIN', soa);
  }
  const kind = model.get(source);
  if (kind?.startsWith('CNAME ')) {
    const target = kind.slice('CNAME '.length);
    const links = [...chain, `${name} CNAME`];
    const passed = new Set([...links.map((link) => link.split(' ')[0])]);
    if (links.length >= MAX_CHAIN || passed.has(target)) {
      return { rcode: 'NOERROR', aa: true, answers: links, authority: [] };
    }
    return resolve(model, target, type, links);
  }
  if (hasType(kind, type) || (name === 'ns' && type === 'A')) return ends('NOERROR', [], [`${name} ${type}`]);
  return ends('NOERROR', soa);
}

function rrsetsOf(model: Model): RrsetData[] {
  return [...model].flatMap(([name, kind]): RrsetData[] => {
    if (kind === 'NS') return [{ name, ttl: 60, type: 'NS', records: ['ns.example.com.'] }];
    if (kind.startsWith('CNAME ')) return [{ name, ttl: 60, type: 'CNAME', records: [kind.slice(6)] }];
    return [
      ...(hasType(kind, 'A') ? [{ name, ttl: 60, type: 'A', records: ['192.0.2.1'] } as const] : []),
      ...(hasType(kind, 'TXT') ? [{ name, ttl: 60, type: 'TXT', records: ['t'] } as const] : []),
    ];
  });
}

function served(rrsets: readonly RrsetData[], name: string, type: Asked): Outcome {
  const reply = ask(rrsets, { name: name === '' ? APEX : `${name}.${APEX}`, type });
  const relative = (owner: string): string => owner.slice(0, Math.max(0, owner.length - APEX.length - 1));
  return {
    rcode: reply.rcode,
    aa: reply.flag_aa,
    answers: (reply.answers ?? []).map((record) => `${relative(record.name)} ${record.type}`),
    authority: (reply.authorities ?? []).map(({ name: owner, type: of }) =>
      of === 'SOA' ? 'SOA' : `${relative(owner)} ${of}`,
    ),
  };
}

const label = fc.constantFrom('a', 'b', '*');
const names = fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => labels.join('.'));
const kinds = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom<Kind>('A', 'TXT', 'A+TXT') },
  { weight: 1, arbitrary: fc.constant<Kind>('NS') },
  { weight: 3, arbitrary: names.map((target): Kind => `CNAME ${target}`) },
);
const models = fc
  .array(fc.tuple(names, kinds), { maxLength: 8 })
  // A wildcard cannot delegate; and data below a delegation is not the zone's, so that no such name is made.
  .map((pairs) => new Map(pairs.filter(([name, kind]) => !(kind === 'NS' && name.startsWith('*')))))
  .map((model) => {
    const below = (name: string): boolean => parentsOf(name).some((up) => up !== name && model.get(up) === 'NS');
    return new Map([...model].filter(([name]) => !below(name)));
  });

it('answers as the RFCs read, in any zone', () => {
  const questions = fc.array(fc.tuple(names, fc.constantFrom<Asked>('A', 'TXT', 'DS')), { minLength: 4, maxLength: 8 });
  const outcomes = new Set<string>();
  fc.assert(
    fc.property(models, questions, (model, asked) => {
      const rrsets = rrsetsOf(model);
      for (const [name, type] of asked) {
        const expected = resolve(model, name, type);
        outcomes.add(`${expected.rcode} ${expected.aa} ${expected.answers.length > 1}`);
        expect(served(rrsets, name, type)).toEqual(expected);
      }
    }),
    { numRuns: zones },
  );
  // The zones made were not all dull ones: referrals, denials, chains.
  expect(outcomes.size).toBeGreaterThanOrEqual(5);
});
