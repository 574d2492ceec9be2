import { randomBytes } from 'node:crypto';
import { invalid } from '@lxdm/domain';
import type { TsigRights } from '@lxdm/entities';
import { RrType, typeName } from '@lxdm/nameserver';
import { absoluteNameOf } from '../zones/absolute-name';
import type { ChangeTsigKey } from './dto/tsig-key';

/** As many octets as the hash puts out (RFC 8945 §8). */
const NEW_SECRET = 32;
const SHORTEST_SECRET = 16;
/** Never stored, or not by an update (RFC 2136 §3.4.1.2, RFC 4035 §2). */
const NOT_STORED: readonly string[] = ['SOA', 'OPT', 'DNAME', 'TSIG', 'IXFR', 'AXFR', 'ANY', 'RRSIG', 'NSEC', 'NSEC3'];
const TYPES = Object.keys(RrType).filter((type) => !NOT_STORED.includes(type));

/** The secret of a new key: the one that was given, or one that is made here. @throws DomainError `invalid` */
export function secretOf(given: string | undefined): Buffer {
  if (given === undefined) return randomBytes(NEW_SECRET);
  const text = given.trim();
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text))
    throw invalid('secret', 'This is no base64: letters, digits, + and /, ended by = where it must.');
  const secret = Buffer.from(text, 'base64');
  if (secret.length < SHORTEST_SECRET)
    throw invalid(
      'secret',
      `A secret has at least ${SHORTEST_SECRET} octets, this one ${secret.length}; leave it out to have one made.`,
    );
  return secret;
}

/** What a key opens, in the spelling in which it is stored. @throws DomainError `invalid` */
export function rightsOf({ updateNames = [], updateTypes = [], mayTransfer = false }: ChangeTsigKey): TsigRights {
  const names = updateNames.map((name) => absoluteNameOf('updateNames', name));
  const types = updateTypes.map(storedType);
  return { updateNames: [...new Set(names)], updateTypes: [...new Set(types)], mayTransfer };
}

/** A type by its mnemonic, where it has one: updates are held against these words. */
function storedType(given: string): string {
  const digits = /^TYPE([1-9]\d{0,4})$/i.exec(given)?.[1];
  const code = digits === undefined ? undefined : Number(digits);
  const type = code === undefined ? given.toUpperCase() : typeName(code);
  const hasNoMnemonic = code !== undefined && type === `TYPE${code}`;
  if (TYPES.includes(type) || (hasNoMnemonic && code <= 0xffff && !isMeta(code))) return type;
  throw invalid('updateTypes', `"${given}" is no type that can be stored; such as A, TXT or TYPE65280.`);
}

/** Types of questions and messages (RFC 6895 §3.1). */
function isMeta(code: number): boolean {
  return code >= 128 && code <= 255;
}
