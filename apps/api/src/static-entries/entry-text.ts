import type { TextProblem } from '@lxdm/domain';
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
