import { fail } from './field-encoders';
import { RdataReader } from './rdata-reader';

type Check = (reader: RdataReader) => void;

const data =
  (octets: number): Check =>
  (reader) => {
    reader.take(octets);
    if (reader.done) fail('the data ends where a value belongs');
    reader.rest();
  };

/** Types that others know the form of: malformed, they would make a secondary refuse the whole zone. */
const checks = new Map<number, { mnemonic: string; check: Check }>([
  [13, { mnemonic: 'HINFO', check: (reader) => [reader.characterString(), reader.characterString()] }],
  [17, { mnemonic: 'RP', check: (reader) => [reader.name(), reader.name()] }],
  [18, { mnemonic: 'AFSDB', check: (reader) => [reader.uint(2), reader.name()] }],
  [37, { mnemonic: 'CERT', check: data(5) }],
  [53, { mnemonic: 'SMIMEA', check: data(3) }],
  [61, { mnemonic: 'OPENPGPKEY', check: data(0) }],
  [108, { mnemonic: 'EUI48', check: (reader) => reader.take(6) }],
  [109, { mnemonic: 'EUI64', check: (reader) => reader.take(8) }],
  [256, { mnemonic: 'URI', check: data(4) }],
]);

/** Codes that IANA has given to types or gives next, meta types left out: TA and DLV are the two far up. */
function isAssigned(code: number): boolean {
  return code <= 127 || (code >= 256 && code <= 511) || code === 32_768 || code === 32_769;
}

/** True for a type whose octets can be taken as they are, or can be checked: what no other server looks into, and a few more. */
export function isRawType(code: number): boolean {
  return checks.has(code) || !isAssigned(code);
}

/** The code of a type that is taken as octets only, by its mnemonic. */
export function rawTypeCode(mnemonic: string): number | undefined {
  for (const [code, entry] of checks) if (entry.mnemonic === mnemonic) return code;
  return undefined;
}

/** Throws an RdataError when octets are not what their type asks for. */
export function checkRawRdata(code: number, rdata: Uint8Array): void {
  const reader = new RdataReader(rdata);
  const entry = checks.get(code);
  if (!entry) return;
  entry.check(reader);
  reader.end();
}
