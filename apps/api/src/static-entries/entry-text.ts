import { TextProblem, ZoneTextRefusal } from '@lxdm/domain';
import { readServableZoneFile, WireRecord, wireRecords } from '@lxdm/nameserver';

/** What a text says, and what its reader found wrong with it. */
export interface ReadText {
  records: WireRecord[];
  faults: TextProblem[];
}

/** Reads zone-file text; never throws for what it says. */
export function readEntryText(text: string, zone: string): ReadText {
  const { file, problems } = readServableZoneFile(text, { origin: zone });
  return { records: wireRecords(file), faults: problems.map((problem) => ({ ...problem, severity: 'error' })) };
}

/** All that is wrong, in the order of the text. Beside faults, warnings would speak of records that are only missing because of them. */
export function allProblems(faults: readonly TextProblem[], found: readonly TextProblem[]): TextProblem[] {
  if (faults.length === 0) return [...found];
  const errors = [...faults, ...found.filter(({ severity }) => severity === 'error')];
  return errors.sort((a, b) => a.line - b.line || a.column - b.column);
}

/** @throws ZoneTextRefusal when there are errors */
export function refuseErrors(problems: readonly TextProblem[]): void {
  if (problems.some(({ severity }) => severity === 'error')) throw new ZoneTextRefusal(problems);
}
