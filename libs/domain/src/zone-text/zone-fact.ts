/** The types that the rules of a zone's text speak of (IANA DNS parameters). */
export const RecordType = { A: 1, NS: 2, CNAME: 5, SOA: 6, MX: 15, AAAA: 28, SRV: 33, DS: 43, SSHFP: 44 } as const;

/** A record as far as the rules look at it; names are absolute, in lower case, with their final dot. */
export interface ZoneFact {
  owner: string;
  type: number;
  ttl: number;
  /** Where it leads, for the types that lead somewhere inside or outside the zone. */
  target: string | null;
  /** The length of its data, and what tells it from another of the same name and type. */
  octets: number;
  digest: string;
}

/** A record of a text that is to be saved, with its place. */
export interface WantedFact extends ZoneFact {
  line: number;
  column: number;
}

/** A record that is there already, and whose it is, in words. */
export interface PresentFact extends ZoneFact {
  /** Such as `the static entry "Mail"`. */
  origin: string;
}

/** What surrounds a text in its zone, as far as its records can touch it. */
export interface Neighbourhood {
  zone: string;
  nameserver: string;
  /** Records of others: at the names of the text, above and below them, where they lead, and every CNAME and NS. */
  records: readonly PresentFact[];
  /** The names, in full, of the live containers among the names of the text and where it leads. */
  containers: ReadonlySet<string>;
  /** In a reverse zone: those names of the text at which the address of a live container has its own. */
  addresses: ReadonlySet<string>;
}

/** What kind of problem: `error` keeps a text from being saved, `warning` is told beside what was saved. */
export type Severity = 'error' | 'warning';

/** One problem of a text, with its place: lines and columns count from 1, columns in UTF-16 units. */
export interface TextProblem {
  line: number;
  column: number;
  severity: Severity;
  code: string;
  message: string;
}

/** A problem at a record's place. */
export function problemAt(
  { line, column }: WantedFact,
  severity: Severity,
  code: string,
  message: string,
): TextProblem {
  return { line, column, severity, code, message };
}

/** True when a name is the ancestor or lies below it. */
export function isWithinName(name: string, ancestor: string): boolean {
  return ancestor === '.' || name === ancestor || (name.endsWith(ancestor) && isLabelEdge(name, ancestor.length));
}

/** The names above a name, nearest first, down to the zone's own; an escaped dot belongs to its label. */
export function ancestorsOf(name: string, zone: string): string[] {
  const found: string[] = [];
  for (let rest = parentOf(name); rest !== '' && isWithinName(rest, zone); rest = parentOf(rest)) found.push(rest);
  return found;
}

function parentOf(name: string): string {
  for (let at = 0; at < name.length; at += 1) {
    if (name[at] === '\\') at += /^\d{3}/.test(name.slice(at + 1)) ? 3 : 1;
    else if (name[at] === '.') return name.slice(at + 1);
  }
  return '';
}

/** The ancestor is preceded by a dot that no backslash escapes. */
function isLabelEdge(name: string, length: number): boolean {
  const dot = name.length - length - 1;
  if (name[dot] !== '.') return false;
  let backslashes = 0;
  while (name[dot - 1 - backslashes] === '\\') backslashes += 1;
  return backslashes % 2 === 0;
}
