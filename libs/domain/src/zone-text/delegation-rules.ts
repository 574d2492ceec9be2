import {
  ancestorsOf,
  isWithinName,
  Neighbourhood,
  PresentFact,
  problemAt,
  RecordType,
  TextProblem,
  WantedFact,
} from './zone-fact';

const { A, AAAA, DS, NS } = RecordType;

/** What delegations of other entries hide of a text, and what the text's own hide of others: warnings; the server's own address: an error. */
export function delegationProblems(wanted: readonly WantedFact[], around: Neighbourhood): TextProblem[] {
  const { zone, nameserver } = around;
  const cuts = new Map<string, PresentFact>();
  for (const fact of around.records) if (fact.type === NS && fact.owner !== zone) cuts.set(fact.owner, fact);
  const own = new Map<string, WantedFact>();
  for (const fact of wanted)
    if (fact.type === NS && fact.owner !== zone && !own.has(fact.owner)) own.set(fact.owner, fact);
  const glue = new Set(
    [...wanted, ...around.records].flatMap(({ type, target }) => (type === NS && target !== null ? [target] : [])),
  );
  return [
    ...wanted.flatMap((record) => hidden(record, cutAbove(record, cuts, zone), glue)),
    ...hides(own, around, glue),
    ...[...own.values()].flatMap((cut) => hidesServer(cut, nameserver)),
    ...strayDs(wanted, around.records),
  ];
}

/** The delegation that a record is at or below. */
function cutAbove<Cut>({ owner }: { owner: string }, cuts: ReadonlyMap<string, Cut>, zone: string): Cut | undefined {
  if (cuts.size === 0) return undefined;
  for (const name of [owner, ...ancestorsOf(owner, zone)]) {
    const cut = cuts.get(name);
    if (cut) return cut;
  }
  return undefined;
}

function hidden(record: WantedFact, cut: PresentFact | undefined, glue: ReadonlySet<string>): TextProblem[] {
  if (!cut || belongsAtCut(record, cut.owner, glue)) return [];
  const words = `${cut.owner} is delegated in ${cut.origin}: what stands there or below is answered by its name servers, not from here`;
  return [problemAt(record, 'warning', 'below-delegation', words)];
}

function hides(
  cuts: ReadonlyMap<string, WantedFact>,
  { records, zone }: Neighbourhood,
  glue: ReadonlySet<string>,
): TextProblem[] {
  const lost = new Map<WantedFact, PresentFact[]>();
  for (const fact of cuts.size > 0 ? records : []) {
    const cut = cutAbove(fact, cuts, zone);
    if (!cut || belongsAtCut(fact, cut.owner, glue)) continue;
    const found = lost.get(cut);
    if (found) found.push(fact);
    else lost.set(cut, [fact]);
  }
  return [...lost].flatMap(([cut, [first, ...others]]) => {
    if (!first) return [];
    const more = others.length > 0 ? ` and ${others.length} more` : '';
    const words = `this delegation hides ${first.owner} of ${first.origin}${more}: its name servers answer for what is there or below`;
    return [problemAt(cut, 'warning', 'hides-records', words)];
  });
}

/** At its own name the refusal of reserved names has told it. */
function hidesServer(cut: WantedFact, nameserver: string): TextProblem[] {
  if (cut.owner === nameserver || !isWithinName(nameserver, cut.owner)) return [];
  return [
    problemAt(
      cut,
      'error',
      'reserved',
      `this delegation would hide the name server itself, ${nameserver}: use another name`,
    ),
  ];
}

/** NS and DS at the cut, and the addresses of name servers (RFC 1034 §4.2.1). */
function belongsAtCut(
  { owner, type }: { owner: string; type: number },
  cut: string,
  glue: ReadonlySet<string>,
): boolean {
  if (owner === cut && (type === NS || type === DS)) return true;
  return (type === A || type === AAAA) && glue.has(owner);
}

/** A DS belongs to a delegation (RFC 4035 §2.4). */
function strayDs(wanted: readonly WantedFact[], records: readonly PresentFact[]): TextProblem[] {
  const delegated = new Set([...wanted, ...records].flatMap(({ owner, type }) => (type === NS ? [owner] : [])));
  return wanted
    .filter(({ owner, type }) => type === DS && !delegated.has(owner))
    .map((record) =>
      problemAt(record, 'warning', 'ds-without-ns', `${record.owner} is not delegated: a DS stands beside NS`),
    );
}
