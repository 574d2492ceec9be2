import { Zone } from './zone';

interface Lineage {
  /** Not held: a zone must not keep all versions before it. */
  readonly before: WeakRef<Zone>;
  readonly keys: readonly string[];
}

const lineages = new WeakMap<Zone, Lineage>();

/** Notes which names of a zone may differ from the version that it was made of. */
export function noteAmended(before: Zone, after: Zone, keys: readonly string[]): void {
  lineages.set(after, { before: new WeakRef(before), keys });
}

/** The keys of the names that may differ between a zone and the next version of it; undefined where only a comparison can tell. */
export function amendedKeys(before: Zone, after: Zone): readonly string[] | undefined {
  const lineage = lineages.get(after);
  return lineage?.before.deref() === before ? lineage.keys : undefined;
}
