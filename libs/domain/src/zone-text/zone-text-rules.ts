import { recordConflict } from '../zone/record-conflicts';
import { delegationProblems } from './delegation-rules';
import { targetProblems } from './target-rules';
import { Neighbourhood, PresentFact, problemAt, RecordType, TextProblem, WantedFact } from './zone-fact';

/** More records of one name and type make answers that no client wants. */
export const MAX_SET_RECORDS = 100;
/** What the records of one name and type may have in octets, so that an answer fits into a message. */
export const MAX_SET_OCTETS = 62_000;
/** At so many names one TSIG key may have records by dynamic update. */
export const MAX_UPDATE_NAMES = 1_000;
/** So many problems are told at once. */
const MAX_PROBLEMS = 100;

const { CNAME, NS } = RecordType;

/** What is wrong with a text in its zone, besides what its reader has told: errors and warnings in the order of the text. */
export function zoneTextProblems(wanted: readonly WantedFact[], around: Neighbourhood): TextProblem[] {
  const present = setsOf(around.records);
  const own = setsOf(wanted);
  const problems = [
    ...wanted.flatMap((record) => ownNameProblem(record, around) ?? addressProblem(record, around) ?? []),
    ...[...own.values()].flatMap((sets) => beside(sets, present.get(sets.owner))),
    ...wanted.flatMap((record) => sameRecord(record, present)),
    ...delegationProblems(wanted, around),
    ...targetProblems(wanted, around),
    ...wildcardNotes(wanted, around),
  ];
  problems.sort(
    (a, b) =>
      a.line - b.line || a.column - b.column || (a.severity === b.severity ? 0 : a.severity === 'error' ? -1 : 1),
  );
  // Whoever has that many errors reads the first; no error is lost behind warnings.
  const errors = problems.filter(({ severity }) => severity === 'error');
  return problems.length <= MAX_PROBLEMS
    ? problems
    : errors.length > 0
      ? errors.slice(0, MAX_PROBLEMS)
      : problems.slice(0, MAX_PROBLEMS);
}

interface OwnerSets<Fact> {
  owner: string;
  byType: Map<number, Fact[]>;
}

function setsOf<Fact extends { owner: string; type: number }>(facts: readonly Fact[]): Map<string, OwnerSets<Fact>> {
  const owners = new Map<string, OwnerSets<Fact>>();
  for (const fact of facts) {
    let sets = owners.get(fact.owner);
    if (!sets) owners.set(fact.owner, (sets = { owner: fact.owner, byType: new Map() }));
    const set = sets.byType.get(fact.type);
    if (set) set.push(fact);
    else sets.byType.set(fact.type, [fact]);
  }
  return owners;
}

function ownNameProblem(record: WantedFact, { zone, nameserver, containers }: Neighbourhood): TextProblem | undefined {
  const isContainer = containers.has(record.owner);
  const reason = recordConflict({ zone, owner: record.owner, type: record.type }, { nameserver }, isContainer);
  const code = isContainer ? 'container-name' : 'reserved';
  return reason === undefined
    ? undefined
    : problemAt(record, 'error', code, `${record.owner} is not free for this type: ${reason}`);
}

/** The names of addresses stay those of their containers: an alias would be in their place, a delegation would hide them. */
function addressProblem(record: WantedFact, { addresses }: Neighbourhood): TextProblem | undefined {
  if ((record.type !== CNAME && record.type !== NS) || !addresses.has(record.owner)) return undefined;
  const words = `${record.owner} is the address of a container and tells its name: no ${record.type === NS ? 'delegation' : 'alias'} can stand there`;
  return problemAt(record, 'error', 'address-name', words);
}

/** What stands beside the records of one name in other entries. */
function beside(own: OwnerSets<WantedFact>, others: OwnerSets<PresentFact> | undefined): TextProblem[] {
  if (!others) return [];
  const problems: TextProblem[] = [];
  const { owner } = own;
  const [cname] = own.byType.get(CNAME) ?? [];
  const [otherCname] = others.byType.get(CNAME) ?? [];
  const [other] = [...others.byType.values()].flat();
  if (cname && otherCname) {
    problems.push(
      problemAt(cname, 'error', 'several-cnames', `${owner} has a CNAME in ${otherCname.origin}: it can have only one`),
    );
  } else if (cname && other) {
    problems.push(
      problemAt(
        cname,
        'error',
        'cname-beside-others',
        `a CNAME stands alone at its name, and ${owner} has records in ${other.origin}: delete it here, or those there`,
      ),
    );
  } else if (otherCname) {
    const [first] = [...own.byType.values()].flat();
    if (first)
      problems.push(
        problemAt(
          first,
          'error',
          'cname-beside-others',
          `${owner} has a CNAME in ${otherCname.origin}, which stands alone at its name: delete that, or the records here`,
        ),
      );
  }
  for (const [type, set] of own.byType) problems.push(...together(set, others.byType.get(type) ?? []));
  return problems;
}

/** Records of one name and type from several entries make one set. */
function together(own: readonly WantedFact[], others: readonly PresentFact[]): TextProblem[] {
  const [first] = own;
  const [other] = others;
  if (!first || !other) return [];
  const digests = new Set(others.map(({ digest }) => digest));
  const added = own.filter(({ digest }) => !digests.has(digest));
  const over = added[MAX_SET_RECORDS - others.length];
  if (others.length + added.length > MAX_SET_RECORDS)
    return [
      problemAt(
        over ?? first,
        'error',
        'too-many-records',
        `with those of ${other.origin} the name has more than ${MAX_SET_RECORDS} records of one type: leave out some`,
      ),
    ];
  const octets = [...others, ...added].reduce((sum, fact) => sum + 12 + fact.octets, 0);
  if (octets > MAX_SET_OCTETS)
    return [
      problemAt(
        first,
        'error',
        'rrset-too-large',
        `with those of ${other.origin} the records of this name and type have more than ${MAX_SET_OCTETS} octets: leave out some`,
      ),
    ];
  const lowest = Math.min(...own.map(({ ttl }) => ttl), ...others.map(({ ttl }) => ttl));
  if (first.ttl !== other.ttl && added.length > 0)
    return [
      problemAt(
        first,
        'warning',
        'ttl-differs',
        `the TTL is ${first.ttl}, in ${other.origin} it is ${other.ttl}: ${lowest} is served for all of this name and type`,
      ),
    ];
  return [];
}

function sameRecord(record: WantedFact, present: ReadonlyMap<string, OwnerSets<PresentFact>>): TextProblem[] {
  const same = present
    .get(record.owner)
    ?.byType.get(record.type)
    ?.find(({ digest }) => digest === record.digest);
  return same
    ? [
        problemAt(
          record,
          'warning',
          'duplicate-record',
          `the same record stands in ${same.origin}: one of them is enough`,
        ),
      ]
    : [];
}

/** RFC 4592: what exists, for whatever type, is never covered by a wildcard. */
function wildcardNotes(wanted: readonly WantedFact[], { zone }: Neighbourhood): TextProblem[] {
  const first = wanted.find(({ owner }) => owner === `*.${zone}`);
  if (!first) return [];
  const words =
    'a wildcard answers for names that have nothing else only: neither for containers nor for names with a record of any type';
  return [problemAt(first, 'warning', 'wildcard', words)];
}
