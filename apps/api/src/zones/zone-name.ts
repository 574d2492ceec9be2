import { canonicalName, Name, NameError } from '@lxdm/nameserver';

/** A zone's name in the spelling under which it is stored, from any case, with or without its final dot; undefined for what is no name. */
export function zoneNameOf(text: string): string | undefined {
  try {
    return canonicalName(Name.parse(text));
  } catch (error) {
    if (!(error instanceof NameError)) throw error;
    return undefined;
  }
}
