import { ancestorsOf, isWithinName, Neighbourhood, problemAt, RecordType, TextProblem, WantedFact } from './zone-fact';

const { CNAME, NS } = RecordType;
/** So many CNAMEs are followed by the name server itself; a resolver has to go on from there. */
const MAX_CHAIN = 8;

/** Where the records of a text lead: into a loop, through a chain that is too long, or to a name of the zone without data. All of them warnings. */
export function targetProblems(wanted: readonly WantedFact[], around: Neighbourhood): TextProblem[] {
  const cnames = new Map<string, string>();
  for (const { owner, type, target } of [...around.records, ...wanted])
    if (type === CNAME && target !== null) cnames.set(owner, target);
  const data = new Set([around.zone, around.nameserver, ...around.containers]);
  const cuts = new Set<string>();
  for (const { owner, type } of [...around.records, ...wanted]) {
    data.add(owner);
    if (type === NS && owner !== around.zone) cuts.add(owner);
  }
  return wanted.flatMap((record) => {
    if (record.target === null) return [];
    const chain = record.type === CNAME ? chainProblem(record, cnames) : undefined;
    if (chain) return [chain];
    return leadsNowhere(record.target, { zone: around.zone, data, cuts })
      ? [problemAt(record, 'warning', 'target-without-data', `${record.target} has no data in this zone`)]
      : [];
  });
}

/** Bounded: at most so many steps a record, whatever the chains look like. */
function chainProblem(record: WantedFact, cnames: ReadonlyMap<string, string>): TextProblem | undefined {
  let at = record.target ?? '';
  for (let links = 1; ; links += 1) {
    if (at === record.owner)
      return problemAt(
        record,
        'warning',
        'cname-loop',
        `this CNAME leads back to itself${links > 1 ? ` after ${links} steps` : ''}: nobody finds an address`,
      );
    const next = cnames.get(at);
    if (next === undefined) return undefined;
    if (links >= MAX_CHAIN)
      return problemAt(
        record,
        'warning',
        'cname-chain',
        `a chain of more than ${MAX_CHAIN} CNAMEs begins here: name its end instead`,
      );
    at = next;
  }
}

function leadsNowhere(
  target: string,
  { zone, data, cuts }: { zone: string; data: ReadonlySet<string>; cuts: ReadonlySet<string> },
): boolean {
  if (!isWithinName(target, zone) || data.has(target) || cuts.has(target)) return false;
  return !ancestorsOf(target, zone).some((name) => cuts.has(name) || data.has(`*.${name}`));
}
