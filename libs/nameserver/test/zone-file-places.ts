import { readServableZoneFile } from '../src/zone-file/zone-file-reader';

/** Where a text of the zone ct.example.org is refused, and why: `LINE:COLUMN CODE` for each problem. */
export function refusals(text: string, origin = 'ct.example.org'): string[] {
  return readServableZoneFile(text, { origin }).problems.map(({ line, column, code }) => `${line}:${column} ${code}`);
}
