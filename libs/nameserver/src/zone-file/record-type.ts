import { isEncodedType } from '../rdata';
import { quote } from '../records/field-encoders';
import { isRawType, rawTypeCode } from '../records/raw-rdata';
import { isMetaType, RrType, typeName } from '../rr-type';
import { EncodedType } from '../zone-data';
import { Token } from './token';
import { EntryFault } from './zone-file-problem';

/** A type that a text may hold: by its name where it is known, else by its number. */
export type RecordType = EncodedType | 'SOA' | `TYPE${number}`;

const SIGNATURES = new Set(['RRSIG', 'NSEC', 'NSEC3', 'NSEC3PARAM', 'DNSKEY', 'CDS', 'CDNSKEY', 'ZONEMD']);
const SIGNATURE_CODES = new Set([46, 47, 48, 50, 51, 59, 60, 63]);

/** True when a word is a type: then a line that begins with it has probably lost its owner. */
export function isTypeWord(text: string): boolean {
  const word = text.toUpperCase();
  return isEncodedType(word) || word === 'SOA' || word === 'IN';
}

/** Reads the type of a record. */
export function readType(token: Token): RecordType {
  if (token.quotes !== 'none')
    throw new EntryFault('missing-type', token, 'a type belongs here: A, AAAA, CNAME, TXT …');
  const word = token.text.toUpperCase();
  if (isEncodedType(word) || word === 'SOA') return word;
  if (/^TYPE[0-9]{1,5}$/.test(word)) return typeOfCode(token, Number(word.slice(4)));
  if (word === 'DNAME') return refuseDname(token);
  if (SIGNATURES.has(word)) return refuseSignature(token);
  if (word.startsWith('$'))
    throw new EntryFault(
      'unknown-directive',
      token,
      'a directive begins in the first column: delete the blanks before it',
    );
  const code = rawTypeCode(word);
  const hint =
    code === undefined ? 'is a name or number before it missing?' : `write it as TYPE${code} \\# LENGTH HEXADECIMAL`;
  throw new EntryFault('unknown-type', token, `${quote(token.text)} is no type that is known here: ${hint}`);
}

function typeOfCode(token: Token, code: number): RecordType {
  const name = typeName(code);
  if (isEncodedType(name) || name === 'SOA') return name;
  if (code === RrType.DNAME) return refuseDname(token);
  if (SIGNATURE_CODES.has(code)) return refuseSignature(token);
  if (code > 0xffff || isMetaType(code) || !isRawType(code)) {
    throw new EntryFault('unsupported-type', token, `records of ${quote(token.text)} cannot be served: leave them out`);
  }
  return `TYPE${code}`;
}

function refuseDname(token: Token): never {
  throw new EntryFault('unsupported-type', token, 'DNAME is not served: write a CNAME for each name');
}

function refuseSignature(token: Token): never {
  throw new EntryFault('unsupported-type', token, 'signatures and keys are made when a zone is signed: leave them out');
}
