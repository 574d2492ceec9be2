import { invalid } from '@lxdm/domain';
import { canonicalName, Name, NameError } from '@lxdm/nameserver';

/** Reads a name of DNS, with or without its final dot, in the one spelling under which it is stored. @throws DomainError `invalid` */
export function absoluteNameOf(field: string, text: string): string {
  try {
    const name = Name.parse(text === '@' ? '' : text);
    if (name.equals(Name.ROOT)) throw invalid(field, 'The root is nobody’s name here.');
    return canonicalName(name);
  } catch (error) {
    if (!(error instanceof NameError)) throw error;
    throw invalid(field, `This is no name of DNS: ${error.message}.`);
  }
}
