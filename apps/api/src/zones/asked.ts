import { invalid } from '@lxdm/domain';
import { Name, NameError, RrType } from '@lxdm/nameserver';

/** The number of a type that is asked for: a mnemonic, or TYPEnnn (RFC 3597 §5). @throws DomainError `invalid` */
export function askedType(text: string): number {
  const type = text.toUpperCase();
  const code = /^TYPE\d{1,5}$/.test(type) ? Number(type.slice('TYPE'.length)) : codes.get(type);
  if (code === undefined || code < 1 || code > 0xffff)
    throw invalid('type', `"${text}" is no type, such as A, TXT or TYPE65280.`);
  return code;
}

/** The name that is asked for: in full, with or without its final dot, or relative to the zone. @throws DomainError `invalid` */
export function askedName(text: string, zone: string): Name {
  const origin = Name.parse(zone);
  try {
    const full = Name.parse(text);
    if (text !== '@' && full.isWithin(origin)) return full;
    const name = Name.parse(text, origin);
    if (name.isWithin(origin)) return name;
  } catch (error) {
    if (!(error instanceof NameError)) throw error;
    throw invalid('name', `This is no name of DNS: ${error.message}.`);
  }
  throw invalid('name', `This name is not in the zone ${zone}`);
}

const codes = new Map<string, number>(Object.entries(RrType));
