import { isIP } from 'node:net';
import { Name } from '../name';
import { NameError } from '../name-error';
import { quote } from '../records/field-encoders';
import { Token } from './token';
import { EntryFault } from './zone-file-problem';

/** A name that follows from something told before; it needs no problem of its own. */
export class UnresolvedName extends Error {}

/** What names in a text are relative to. */
export interface NameScope {
  readonly zone: Name;
  /** $ORIGIN as it stands; undefined after one that could not be read. */
  readonly origin: Name | undefined;
}

/** Resolves an owner, a target or the name of $ORIGIN. */
export function resolveName(token: Token, { zone, origin }: NameScope): Name {
  const { text, quotes } = token;
  if (quotes !== 'none') throw new EntryFault('bad-name', token, 'a name stands without quotation marks');
  const isRelative = !isAbsolute(text);
  if (isRelative && !origin) throw new UnresolvedName();
  try {
    const name = Name.parse(text, origin);
    if (isRelative && origin) refuseMissingDot(token, name, zone, origin);
    return name;
  } catch (error) {
    if (!(error instanceof NameError)) throw error;
    throw new EntryFault('bad-name', token, `${quote(text)} is no name: ${error.message}`);
  }
}

/** A target is a name; an address in its place would be taken for one relative to the origin. */
export function resolveTarget(token: Token, scope: NameScope): Name {
  const text = token.text.endsWith('.') ? token.text.slice(0, -1) : token.text;
  if (isIP(text) !== 0) {
    throw new EntryFault(
      'bad-field',
      token,
      `${text} is an address: give it a name with A or AAAA, and write that name here`,
    );
  }
  return resolveName(token, scope);
}

/** `web.ct.example.org` without its dot, in the zone ct.example.org: what it would mean is hardly ever meant. */
function refuseMissingDot(token: Token, name: Name, zone: Name, origin: Name): void {
  if (zone.equals(Name.ROOT) || origin.equals(Name.ROOT)) return;
  const alone = Name.parse(token.text);
  const zoneLabels = zone.labels().length;
  // In a zone of one label, a host may be called as the zone is.
  if (!alone.isWithin(zone) || (zoneLabels === 1 && alone.equals(zone))) return;
  throw new EntryFault(
    'missing-dot',
    token,
    `end the name with a dot: without it, it means ${name.toString()} (write that, if it is meant)`,
  );
}

/** Ends in a dot that no backslash escapes. */
function isAbsolute(text: string): boolean {
  if (!text.endsWith('.')) return false;
  let backslashes = 0;
  while (text[text.length - 2 - backslashes] === '\\') backslashes += 1;
  return backslashes % 2 === 0;
}
