/** What a host's list says of one instance, reduced to what is compared. */
export interface SeenInstance {
  name: string;
  /** Our mark (`user.lxd-manager.id`), if it has one. */
  containerId: string | null;
  /** LXD's `volatile.uuid`, if the server gives one. */
  uuid: string | null;
}

/** A live row of the host, reduced to what is compared. */
export interface KnownContainer {
  id: string;
  name: string;
  uuid: string | null;
  created: boolean;
  adopted: boolean;
}

/** What a full scan tells: which instance belongs to which row, which are unknown, which rows have no instance any more. */
export interface InventoryDiff<S extends SeenInstance, K extends KnownContainer> {
  matched: { seen: S; known: K }[];
  unmanaged: S[];
  missing: K[];
}

/**
 * True when the instance is the row's: by name and our mark; an adopted one by name and LXD's uuid, where the server has one.
 * A mark alone proves nothing: LXD copies it with the instance. On an adopted one a foreign mark says nothing either: it may be of
 * another manager, or from before the host was removed and added again.
 */
export function isOurs(seen: SeenInstance, known: KnownContainer): boolean {
  if (seen.name !== known.name) return false;
  if (seen.containerId === known.id) return true;
  if (!known.adopted) return false;
  return seen.uuid === null || known.uuid === null || seen.uuid === known.uuid;
}

/**
 * Compares a host's full list with the rows of that host.
 * An instance of the name of a row that is not that row's is neither matched nor adopted: names are unique, so it waits until the name is free.
 */
export function inventoryDiff<S extends SeenInstance, K extends KnownContainer>(
  seen: readonly S[],
  known: readonly K[],
): InventoryDiff<S, K> {
  const byName = new Map(known.map((row) => [row.name, row]));
  const diff: InventoryDiff<S, K> = { matched: [], unmanaged: [], missing: [] };
  const found = new Set<string>();
  for (const instance of seen) {
    const row = byName.get(instance.name);
    if (row && isOurs(instance, row)) {
      found.add(row.id);
      diff.matched.push({ seen: instance, known: row });
    } else if (!row) diff.unmanaged.push(instance);
  }
  diff.missing = known.filter((row) => row.created && !found.has(row.id));
  return diff;
}
