import type { TextProblem } from '@lxdm/domain';
import { rdataText, readServableZoneFile, RrType, typeName, WireRecord, wireRecords } from '@lxdm/nameserver';

/** A text ready to be a static entry. */
export interface ImportText {
  text: string;
  records: WireRecord[];
  /** What keeps it from being one. */
  faults: TextProblem[];
  /** What the name server makes itself and was left out. */
  skipped: { line: number; column: number; what: string }[];
}

/**
 * Reads a zone file for import. The zone's own SOA and NS are left out; the text is then written anew, a record a line, because
 * entries may rest on each other (a name left blank, a TTL that the SOA gives).
 */
export function readImport(text: string, zone: string): ImportText {
  const { file, problems } = readServableZoneFile(text, { origin: zone });
  const faults: TextProblem[] = problems.map((problem) => ({ ...problem, severity: 'error' }));
  const all = wireRecords(file);
  const records = all.filter((record) => !isMadeHere(record, zone));
  const skipped = all
    .filter((record) => isMadeHere(record, zone))
    .map(({ line, column, type }) => ({ line, column, what: typeName(type) }));
  if (skipped.length === 0 || faults.length > 0) return { text, records, faults, skipped };
  const rewritten = records.map((record) => `${lineOf(record)}\n`).join('');
  const again = readServableZoneFile(rewritten, { origin: zone });
  const lines = wireRecords(again.file).map(({ line }) => line);
  // Problems are told at the places of the file that was given; what is stored has those of the new text.
  const failed = again.problems.map((problem) => ({
    ...problem,
    ...placeIn(records, problem.line),
    severity: 'error' as const,
  }));
  return {
    text: rewritten,
    records: records.map((record, index) => ({ ...record, line: lines[index] ?? record.line })),
    faults: failed,
    skipped,
  };
}

function isMadeHere({ owner, type }: WireRecord, zone: string): boolean {
  return owner === zone && (type === RrType.SOA || type === RrType.NS);
}

function lineOf({ owner, type, ttl, rdata }: WireRecord): string {
  return `${owner} ${ttl} IN ${typeName(type)} ${rdataText(type, rdata)}`;
}

function placeIn(records: readonly WireRecord[], line: number): { line: number; column: number } {
  const { line: first = 1, column = 1 } = records[line - 1] ?? {};
  return { line: first, column };
}
