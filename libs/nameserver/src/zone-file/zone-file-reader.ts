import { Name } from '../name';
import { toName } from '../rdata';
import { NameText, ZoneData } from '../zone-data';
import { EntryLexer } from './entry-lexer';
import { EntryReader } from './entry-reader';
import { ProblemLog } from './problem-log';
import { RrsetCollector, ZoneFileRrset } from './rrset-collector';
import { checkStructure } from './structure-check';
import { TextPlace, ZoneFileError, ZoneFileProblem } from './zone-file-problem';

/** Octets of UTF-8 that a text may have unless the caller says otherwise. */
export const MAX_TEXT = 1_048_576;
/** The TTL of records in a text that says none, unless the caller says otherwise. */
export const DEFAULT_TTL = 60;

/** What a reader must know besides the text. */
export interface ZoneFileOptions {
  /** The zone: what names are relative to until $ORIGIN says otherwise, and what they must lie within. */
  readonly origin: NameText;
  readonly ttl?: number;
  readonly maxOctets?: number;
}

/** What a text says, ready for buildZone; all names are absolute. Without an SOA in the text there is none here. */
export interface ZoneFile extends ZoneData {
  readonly origin: string;
  /** Empty: the apex's name servers are among the RRsets. */
  readonly ns: readonly [];
  readonly rrsets: readonly ZoneFileRrset[];
  readonly soaPlace: TextPlace | undefined;
}

/** Reads zone-file text (RFC 1035 §5), or throws a ZoneFileError that lists every problem with its place. */
export function readZoneFile(text: string, options: ZoneFileOptions): ZoneFile {
  const { file, problems } = readServableZoneFile(text, options);
  if (problems.length > 0) throw new ZoneFileError(problems);
  return file;
}

/** Reads what can be served of a text and tells what cannot. */
export function readServableZoneFile(
  text: string,
  { origin, ttl = DEFAULT_TTL, maxOctets = MAX_TEXT }: ZoneFileOptions,
): { file: ZoneFile; problems: readonly ZoneFileProblem[] } {
  const zone = toName(origin, Name.ROOT);
  const problems = new ProblemLog();
  const collector = new RrsetCollector(zone, problems);
  if (Buffer.byteLength(text) > maxOctets) {
    problems.add(
      'text-too-long',
      { line: 1, column: 1 },
      `the text has more than ${maxOctets} octets: make it shorter`,
    );
  } else {
    const reader = new EntryReader(zone, ttl, problems);
    // A byte order mark at the start is how some editors say UTF-8.
    for (const entry of new EntryLexer(text.startsWith('\ufeff') ? text.slice(1) : text, problems).entries()) {
      const record = reader.read(entry);
      if (record) collector.add(record);
    }
  }
  const rrsets = collector.finish();
  // With records left out, what is missing beside others says nothing.
  if (problems.empty) checkStructure(zone, rrsets, problems);
  const { soa, soaPlace } = collector;
  return { file: { origin: zone.toString(), soa, ns: [], rrsets, soaPlace }, problems: problems.inOrder() };
}
