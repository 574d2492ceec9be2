/**
 * What a zone holds at a name. `fixed` records stay whatever an update says, an `own` one is what an update puts there,
 * and a `foreign` one can be deleted by an update though something else made it.
 */
export interface HeldRecord {
  readonly type: number;
  readonly ttl: number;
  /** Without compression. */
  readonly rdata: Buffer;
  readonly standing: 'fixed' | 'own' | 'foreign';
}

/** The records of every name that an update speaks of, by the key of the name; a name without records may be missing. */
export type HeldNames<R extends HeldRecord = HeldRecord> = ReadonlyMap<string, readonly R[]>;
