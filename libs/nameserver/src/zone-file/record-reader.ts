import { Name } from '../name';
import { encodeRecord, encodeSoa } from '../rdata';
import { RdataError } from '../records/field-encoders';
import { checkRawRdata } from '../records/raw-rdata';
import { rdataFields } from '../records/rdata-text';
import { RrType } from '../rr-type';
import { EncodedType, RrsetData, SoaData } from '../zone-data';
import { EntryLexer } from './entry-lexer';
import { Fields } from './fields';
import { NameScope } from './name-scope';
import { ProblemLog } from './problem-log';
import { rdataReaders, readSoa } from './rdata-readers';
import { RecordType } from './record-type';
import { placeBehind, Token } from './token';
import { EntryFault, TextPlace } from './zone-file-problem';

/** One record, as data and as octets. */
export type RecordBody =
  | { readonly type: 'SOA'; readonly data: Omit<SoaData, 'ttl'> }
  | { readonly type: Exclude<RecordType, 'SOA'>; readonly data: RrsetData['records'][number]; readonly rdata: Buffer };

/** Reads what follows the type of a record; `\#` brings any type as octets (RFC 3597 §5). */
export function readRecordBody(
  type: RecordType,
  typeToken: Token,
  tokens: readonly Token[],
  scope: NameScope,
): RecordBody {
  const [first] = tokens;
  const isGeneric = first?.quotes === 'none' && first.text === '\\#';
  try {
    if (isGeneric) return genericBody(type, new Fields(tokens, typeToken, scope), first, scope);
    if (isRaw(type))
      throw new EntryFault(
        'missing-field',
        first ?? placeBehind(typeToken),
        `the data of ${type} is written \\# LENGTH HEXADECIMAL`,
      );
    return knownBody(type, new Fields(tokens, typeToken, scope));
  } catch (error) {
    if (!(error instanceof RdataError)) throw error;
    throw new EntryFault('bad-rdata', first ?? typeToken, `the data is no ${type}: ${error.message}`);
  }
}

function knownBody(type: EncodedType | 'SOA', fields: Fields): RecordBody {
  if (type !== 'SOA') return encodedBody(type, fields);
  const data = readSoa(fields);
  fields.end();
  encodeSoa({ ...data, ttl: 0 }, Name.ROOT);
  return { type, data };
}

function encodedBody<T extends EncodedType>(type: T, fields: Fields): RecordBody {
  const data = rdataReaders[type](fields);
  fields.end();
  return { type, data, rdata: encodeRecord(type, data, Name.ROOT) };
}

function genericBody(type: RecordType, fields: Fields, place: TextPlace, scope: NameScope): RecordBody {
  fields.take('\\#');
  const length = fields.uint16('the number of octets');
  const octets = Buffer.from(length === 0 && fields.done ? '' : fields.hex('the data'), 'hex');
  if (octets.length !== length)
    throw new EntryFault('bad-field', place, `the length says ${length} octets, here are ${octets.length}`);
  if (isRaw(type)) {
    checkRawRdata(Number(type.slice('TYPE'.length)), octets);
    return { type, data: octets, rdata: octets };
  }
  return knownBody(
    type,
    new Fields(
      reread(rdataFields(RrType[type], octets), place),
      { ...place, text: '', quotes: 'none', end: place.column, touchesComment: false },
      scope,
    ),
  );
}

/** The fields that the octets stand for, as tokens: all of them at the place of the octets. */
function reread(fields: readonly string[], { line, column }: TextPlace): Token[] {
  const [entry] = new EntryLexer(`(${fields.join('\n')})`, new ProblemLog()).entries();
  return (entry?.tokens ?? []).map((token) => ({ ...token, line, column, end: column }));
}

function isRaw(type: RecordType): type is `TYPE${number}` {
  return type.startsWith('TYPE');
}
