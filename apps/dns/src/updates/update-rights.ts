import { Change, isUpdatableType, Name, RrType, typeName, UpdateFault, Rcode } from '@lxdm/nameserver';

/** What a key may update. */
export interface UpdateRights {
  /** Names, absolute; `*.` in front means the name's whole subtree without itself. */
  readonly names: readonly string[];
  /** Types by their mnemonics; none for all that can be stored. */
  readonly types: readonly string[];
}

/** The rights of one key, ready to be asked; what cannot be read as a name grants nothing. */
export class KeyRights {
  private readonly exact = new Set<string>();
  private readonly subtrees: Name[] = [];
  private readonly types: ReadonlySet<string>;

  constructor({ names, types }: UpdateRights) {
    this.types = new Set(types.map((type) => type.toUpperCase()));
    for (const text of names) {
      const subtree = text.startsWith('*.');
      const name = nameOf(subtree ? text.slice(2) : text);
      if (name && subtree) this.subtrees.push(name);
      else if (name) this.exact.add(name.key);
    }
  }

  /** False for a key that may update nothing at all. */
  get any(): boolean {
    return this.exact.size + this.subtrees.length > 0;
  }

  mayUpdateName(name: Name): boolean {
    if (this.exact.has(name.key)) return true;
    return this.subtrees.some((top) => name.isWithin(top) && !name.equals(top));
  }

  mayUpdateType(type: number): boolean {
    return isUpdatableType(type) && (this.types.size === 0 || this.types.has(typeName(type)));
  }
}

/** The first change that a key must not make, whatever the zone holds; one such change refuses the whole message (RFC 2136 §3.3). */
export function forbiddenChange(rights: KeyRights, zone: Name, changes: readonly Change[]): UpdateFault | undefined {
  if (!rights.any) return refusal('the key may not update anything');
  for (const change of changes) {
    const name = change.name.toString();
    if (!rights.mayUpdateName(change.name)) return refusal(`the key may not update ${name}`);
    if (change.kind === 'delete-name') continue;
    const { type } = change;
    if (!isUpdatableType(type)) return refusal(`${typeName(type)} cannot be updated`);
    if (!rights.mayUpdateType(type)) return refusal(`the key may not update ${typeName(type)}`);
    // RFC 4592 §4.2 leaves open what a delegation by wildcard would mean; DS of a zone's own top belongs to its parent.
    if (change.kind === 'add' && type === RrType.NS && change.name.isWildcard())
      return refusal(`${name}: a wildcard cannot delegate`);
    if (type === RrType.DS && change.name.equals(zone)) return refusal(`DS of ${name} belongs to its parent`);
  }
  return undefined;
}

/** A fault that means "not allowed". */
export function refusal(reason: string): UpdateFault {
  return { rcode: Rcode.REFUSED, reason };
}

function nameOf(text: string): Name | undefined {
  try {
    return Name.parse(text);
  } catch {
    return undefined;
  }
}
